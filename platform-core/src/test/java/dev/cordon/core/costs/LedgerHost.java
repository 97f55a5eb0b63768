package dev.cordon.core.costs;

import dev.cordon.audit.checkpoint.NoteSigner;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.store.PostgresAuditLog;
import dev.cordon.core.costs.store.PostgresCostStore;
import dev.cordon.core.record.AuditWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** One host's books and budgets on a database that it shares. */
final class LedgerHost {
  private static final NoteSigner SIGNER = NoteSigner.fromSeed(new byte[32], "test.example/costs");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AuditWriter audit;
  private final Books books;
  private final BudgetWatch watch;
  private final CostLedger ledger;
  private final Clock clock;
  private final PostgresAuditLog log;

  LedgerHost(DataSource runtime, Clock clock, Budgets budgets) {
    this.clock = clock;
    this.log = new PostgresAuditLog(runtime, SIGNER);
    ThreadTransactions transactions = new ThreadTransactions(runtime);
    CostStore store = new PostgresCostStore(transactions.joined());
    audit = transactions.writer(joined -> new PostgresAuditLog(joined, SIGNER));
    books = new Books(store, audit, budgets, clock);
    watch = new BudgetWatch(books, store, audit, budgets, clock, meters);
    ledger = new CostLedger(books, store, audit, budgets, watch);
  }

  static Budgets budget(String soft, String hard) {
    return new Budgets(Map.of("acme", limits(soft, hard)));
  }

  static Budget limits(String soft, String hard) {
    return new Budget(Optional.of(new BigDecimal(soft)), Optional.of(new BigDecimal(hard)));
  }

  /** As the watch does, which tries again when it hears of no commit. */
  void bookLater(BudgetWatch.Owed owed) {
    audit.commit(
        () -> {
          books.oweOnce(owed, new ArrayList<>());
          return null;
        });
  }

  CostLedger ledger() {
    return ledger;
  }

  BudgetWatch watch() {
    return watch;
  }

  boolean spend(String tenant, String amount) {
    return spend(tenant, amount, Duration.ofSeconds(10));
  }

  /** Gives up when it waits longer. */
  boolean spend(String tenant, String amount, Duration most) {
    return ledger.commit(charge(tenant, amount, 1), leaf(tenant, LeafKind.EGRESS), most);
  }

  Charge charge(String tenant, String amount, int requests) {
    return new Charge(
        new Charge.Line(Charge.month(clock.instant()), tenant, "tagging@1", "clip", "triton"),
        requests,
        1_000,
        0,
        new BigDecimal(amount));
  }

  Leaf leaf(String tenant, LeafKind kind) {
    return new Leaf(
        UUID.randomUUID(),
        clock.instant(),
        tenant,
        kind,
        "permit",
        "",
        List.of(),
        "",
        "",
        "",
        "triton",
        List.of(),
        List.of(),
        Commitment.of(new byte[0]));
  }

  long size() {
    return log.size();
  }

  /** Kind and tenant of the leaves about budgets, from an index on. */
  List<String> budgetLeaves(long from) {
    return log.entries(from, 1_000).stream()
        .map(entry -> new String(entry.json(), StandardCharsets.US_ASCII))
        .filter(json -> json.contains("\"kind\":\"budget-"))
        .map(json -> field(json, "kind") + " " + field(json, "tenant"))
        .toList();
  }

  private static String field(String json, String name) {
    return json.replaceAll(".*\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  double crossed(String limit) {
    var counter = meters.find("cordon.budget.crossed").tag("limit", limit).counter();
    return counter == null ? 0 : counter.count();
  }
}
