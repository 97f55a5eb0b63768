package dev.cordon.core.costs;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.core.costs.BudgetWatch.Owed;
import dev.cordon.core.problem.Code;
import dev.cordon.core.record.AuditWriter;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Charges and limits inside one transaction. The account's row is locked before the log's head, so
 * one transaction writes to one tenant's account.
 */
@Singleton
public class Books {
  private final CostStore store;
  private final AuditWriter audit;
  private final Budgets budgets;
  private final Clock clock;

  Books(CostStore store, AuditWriter audit, Budgets budgets, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.budgets = budgets;
    this.clock = clock;
  }

  /** Whether the budget allows a charge, which is then on the books; adds what it crossed. */
  boolean charge(Charge charge, List<Crossing> crossed) {
    Charge.Line line = charge.line();
    Optional<BigDecimal> hard = budgets.of(line.tenant()).flatMap(Budget::hard);
    Optional<Account> stands = store.charge(charge, hard);
    stands.ifPresentOrElse(
        account -> tell(line.month(), line.tenant(), account, crossed),
        () ->
            tell(
                new Crossing(line.month(), line.tenant(), Limit.HARD, hard.orElseThrow()),
                crossed));
    return stands.isPresent();
  }

  /** What a target has done already is owed, whatever the budget. */
  void owe(List<Charge> charges, List<Crossing> crossed) {
    for (Charge charge : charges) {
      Account account = store.charge(charge, Optional.empty()).orElseThrow();
      tell(charge.line().month(), charge.line().tenant(), account, crossed);
    }
  }

  /**
   * The same later, unless it is on the books already: a commit may be made and not be heard of.
   */
  void oweOnce(Owed owed, List<Crossing> crossed) {
    Charge.Line line = owed.charges().getFirst().line();
    // The transaction that may have booked it holds this lock until it has ended.
    store.lock(line.month(), line.tenant());
    if (owed.leaf().filter(audit::holds).isEmpty() && store.settle(owed.id())) {
      owe(owed.charges(), crossed);
    }
  }

  /** Puts on record which limits an account has reached. */
  void tell(YearMonth month, String tenant, Account account, List<Crossing> crossed) {
    for (Map.Entry<Limit, BigDecimal> each : due(tenant, account).entrySet()) {
      tell(new Crossing(month, tenant, each.getKey(), each.getValue()), crossed);
    }
  }

  /** The limits that an account has reached and that are not on record. */
  Map<Limit, BigDecimal> due(String tenant, Account account) {
    Map<Limit, BigDecimal> limits = budgets.of(tenant).map(Budget::limits).orElseGet(HashMap::new);
    limits.entrySet().removeIf(each -> !account.isDue(each.getKey(), each.getValue()));
    return limits;
  }

  private void tell(Crossing crossing, List<Crossing> crossed) {
    if (store.tell(crossing.month(), crossing.tenant(), crossing.limit(), crossing.amount())) {
      audit.append(leaf(crossing));
      crossed.add(crossing);
    }
  }

  private Leaf leaf(Crossing crossing) {
    boolean isHard = crossing.limit() == Limit.HARD;
    return new Leaf(
        Generators.timeBasedEpochGenerator().generate(),
        clock.instant(),
        crossing.tenant(),
        crossing.limit().leaf(),
        isHard ? "deny" : "permit",
        isHard ? Code.BUDGET_EXHAUSTED.name() : "",
        List.of(),
        "",
        "",
        "",
        "",
        List.of(),
        List.of(),
        Commitment.of(crossing.text().getBytes(StandardCharsets.US_ASCII)));
  }
}
