package dev.cordon.core.costs;

import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * How the budgets stood a second ago, by what all hosts have spent; for choices, not for charges.
 * Books later what could not be booked when it was due.
 */
@ApplicationScoped
public class BudgetWatch {
  private static final Logger LOG = Logger.getLogger(BudgetWatch.class);
  private static final long EVERY_MILLIS = 1_000;

  private final Books books;
  private final CostStore store;
  private final AuditWriter audit;
  private final Budgets budgets;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Queue<Owed> owed = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cordon-budgets").factory());

  BudgetWatch(
      Books books,
      CostStore store,
      AuditWriter audit,
      Budgets budgets,
      Clock clock,
      MeterRegistry meters) {
    this.books = books;
    this.store = store;
    this.audit = audit;
    this.budgets = budgets;
    this.clock = clock;
    this.meters = meters;
  }

  /** What a call owes and is not on the books, unless this leaf is in the log. */
  record Owed(UUID id, List<Charge> charges, Optional<UUID> leaf) {}

  /** A tenant's account in a month. */
  private record Seen(YearMonth month, boolean isExhausted, double spent) {
    static Seen of(YearMonth month, Account account, Optional<BigDecimal> hard) {
      return new Seen(
          month, hard.filter(account::isExhausted).isPresent(), account.spent().doubleValue());
    }
  }

  /** Nothing is looked at for a host without budgets. */
  void start(@Observes StartupEvent started) {
    for (String tenant : budgets.byTenant().keySet()) {
      meters.gauge(
          "cordon.budget.spent",
          io.micrometer.core.instrument.Tags.of("tenant", tenant),
          seen,
          accounts -> accounts.containsKey(tenant) ? accounts.get(tenant).spent() : 0);
    }
    if (!budgets.byTenant().isEmpty()) {
      look();
      run();
    }
  }

  void stop(@Observes ShutdownEvent stopping) {
    timer.shutdownNow();
    try {
      bookOwed();
    } catch (RuntimeException e) {
      LOG.errorf("what %d calls owe was not booked: %s", owed.size(), e.getClass().getName());
    }
  }

  private void run() {
    if (isRunning.compareAndSet(false, true)) {
      timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  boolean isExhausted(String tenant, Instant begun) {
    Seen now = seen.get(tenant);
    return now != null && now.isExhausted() && now.month().equals(Charge.month(begun));
  }

  /**
   * Notes charges whose call has ended without a leaf, because there was no database; or with this
   * one, and then they are on the books.
   */
  void owe(List<Charge> charges, Optional<UUID> leaf) {
    if (!charges.isEmpty()) {
      owed.add(new Owed(UUID.randomUUID(), charges, leaf));
      run();
    }
  }

  /** Says which limits were reached, once their leaves are committed. */
  void told(List<Crossing> crossed) {
    for (Crossing each : crossed) {
      LOG.warnf(
          "the %s limit of the budget of tenant `%s` for %s is reached",
          each.limit().word(), each.tenant(), each.month());
      meters
          .counter("cordon.budget.crossed", "tenant", each.tenant(), "limit", each.limit().word())
          .increment();
      if (each.limit() == Limit.HARD) {
        seen.put(each.tenant(), new Seen(each.month(), true, each.amount().doubleValue()));
      }
    }
  }

  /** Reads how the month stands, and tells of limits that are reached because they were lowered. */
  void look() {
    quietly(this::bookOwed);
    quietly(this::readAccounts);
  }

  private void readAccounts() {
    YearMonth month = Charge.month(clock.instant());
    Map<String, Account> accounts = audit.commit(() -> store.accounts(month));
    budgets
        .byTenant()
        .forEach(
            (tenant, budget) -> {
              Account account = accounts.getOrDefault(tenant, Account.NEW);
              seen.put(tenant, Seen.of(month, account, budget.hard()));
              if (!books.due(tenant, account).isEmpty()) {
                commit(crossed -> books.tell(month, tenant, account, crossed));
              }
            });
  }

  /** What fails is tried again a second later. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (Problem e) {
      LOG.warnf("the budgets were not looked at: %s", e.code());
    } catch (RuntimeException e) {
      LOG.errorf("the budgets were not looked at: %s", e.getClass().getName());
    }
  }

  private synchronized void bookOwed() {
    for (Owed next = owed.peek(); next != null; next = owed.peek()) {
      Owed due = next;
      commit(crossed -> books.oweOnce(due, crossed));
      owed.remove();
    }
  }

  private interface Work {
    void run(List<Crossing> crossed);
  }

  private void commit(Work work) {
    List<Crossing> crossed = new ArrayList<>();
    audit.commit(
        () -> {
          work.run(crossed);
          return null;
        });
    told(crossed);
  }
}
