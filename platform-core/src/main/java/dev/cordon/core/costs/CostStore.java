package dev.cordon.core.costs;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Charges and accounts of all hosts; what changes them runs in the caller's transaction. */
public interface CostStore {
  /**
   * Adds a charge, unless it would take the tenant's month beyond the most, or that is exhausted.
   *
   * @return how the month stands with it, or nothing where it was not added
   */
  Optional<Account> charge(Charge charge, Optional<BigDecimal> most);

  /** Waits for whoever else changes this account, and keeps it until the transaction ends. */
  void lock(YearMonth month, String tenant);

  /**
   * Notes that what is owed under this id is on the books.
   *
   * @return whether this is new
   */
  boolean settle(UUID owed);

  /**
   * Notes that a limit was reached at this amount.
   *
   * @return whether this is new
   */
  boolean tell(YearMonth month, String tenant, Limit limit, BigDecimal amount);

  /** How the month of every tenant that was charged stands. */
  Map<String, Account> accounts(YearMonth month);

  /** The sums of a tenant's month, by plugin, model and target. */
  List<Charge> lines(YearMonth month, String tenant);
}
