package dev.cordon.core.costs;

import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Puts what targets charge on the books in the transaction of the leaf that belongs to it, and
 * holds it against the tenant's budget there, where hosts cannot overtake each other. Thread-safe.
 */
@ApplicationScoped
public class CostLedger {
  private final Books books;
  private final CostStore store;
  private final AuditWriter audit;
  private final Budgets budgets;
  private final BudgetWatch watch;

  public CostLedger(
      Books books, CostStore store, AuditWriter audit, Budgets budgets, BudgetWatch watch) {
    this.books = books;
    this.store = store;
    this.audit = audit;
    this.budgets = budgets;
    this.watch = watch;
  }

  /** Appends the leaf of a call that is settled with it. */
  public interface Settling {
    Receipt append(Leaf leaf);
  }

  /**
   * Commits a charge and its leaf before anything leaves; or neither, where the budget does not
   * allow it, or other transactions keep it waiting for longer than this.
   *
   * @return whether the budget allows it
   */
  public boolean commit(Charge charge, Leaf leaf, Duration most) {
    List<Crossing> crossed = new ArrayList<>();
    boolean isAllowed =
        audit.commit(
            most,
            () -> {
              boolean fits = books.charge(charge, crossed);
              if (fits) {
                audit.append(leaf);
              }
              return fits;
            });
    watch.told(crossed);
    return isAllowed;
  }

  /** Commits the end of a call with its leaf and what the call owes; a problem undoes all of it. */
  public <T> T commit(Bill bill, Function<Settling, T> end) {
    if (bill.isSettled()) {
      return audit.commit(() -> end.apply(audit::append));
    }
    List<Crossing> crossed = new ArrayList<>();
    AtomicReference<UUID> appended = new AtomicReference<>();
    try {
      T ended =
          audit.commit(
              () ->
                  end.apply(
                      leaf -> {
                        books.owe(bill.open(), crossed);
                        appended.set(leaf.id());
                        return audit.append(leaf);
                      }));
      bill.settled();
      watch.told(crossed);
      return ended;
    } catch (Problem e) {
      if (e.code().equals(Code.AUDIT_UNAVAILABLE.name())) {
        // Whether the leaf is committed is not known: its acknowledgement may be what was lost.
        leave(bill, Optional.ofNullable(appended.get()));
      }
      throw e;
    }
  }

  /** Keeps for later what a call owes that ends without a leaf: the target has worked. */
  public void leave(Bill bill) {
    leave(bill, Optional.empty());
  }

  private void leave(Bill bill, Optional<UUID> leaf) {
    watch.owe(bill.open(), leaf);
    bill.settled();
  }

  /** Whether the tenant's budget for the month of a call was spent a moment ago. */
  public boolean isExhausted(String tenant, Instant begun) {
    return watch.isExhausted(tenant, begun);
  }

  /** One tenant's month, and what bounds it. */
  public record Report(
      YearMonth month,
      String tenant,
      Account account,
      Optional<Budget> budget,
      List<Charge> lines) {}

  /** What a tenant was charged in a month, by any host. */
  public Report report(YearMonth month, String tenant) {
    return audit.commit(
        () ->
            new Report(
                month,
                tenant,
                store.accounts(month).getOrDefault(tenant, Account.NEW),
                budgets.of(tenant),
                store.lines(month, tenant)));
  }
}
