package dev.cordon.audit.store;

import dev.cordon.audit.checkpoint.NoteSigner;
import dev.cordon.audit.leaf.Leaves;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.audit.verify.LogSource;
import dev.cordon.audit.verify.LogVerifier;
import dev.cordon.audit.verify.VerificationReport;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A fresh database, its log as the runtime role, and what tests do with them. */
record LogUnderTest(AuditDatabase database, TransactionDataSource source, PostgresAuditLog log) {
  static final String ORIGIN = "audit.example.com/store-test";

  static LogUnderTest fresh() {
    AuditDatabase database = AuditDatabase.migrated();
    TransactionDataSource source = new TransactionDataSource(database.runtime());
    return new LogUnderTest(database, source, new PostgresAuditLog(source, signer(1)));
  }

  static LogUnderTest withLeaves(int count) throws Exception {
    LogUnderTest fresh = fresh();
    fresh.append(0, count);
    return fresh;
  }

  static NoteSigner signer(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return NoteSigner.fromSeed(bytes, ORIGIN);
  }

  /** Appends the leaves with these numbers, each in a transaction of its own. */
  List<Receipt> append(int from, int to) throws Exception {
    List<Receipt> receipts = new ArrayList<>();
    for (int number = from; number < to; number++) {
      int current = number;
      receipts.add(source.inTransaction(() -> log.append(Leaves.numbered(current))));
    }
    return receipts;
  }

  /** The frontier the head row keeps, in hex. */
  String frontier() {
    try (LogSource.Snapshot snapshot = new PostgresLogSource(database.runtime()).open()) {
      return HexFormat.of().formatHex(snapshot.head().orElseThrow().frontier());
    }
  }

  VerificationReport verify() {
    return new LogVerifier()
        .verify(new PostgresLogSource(database.runtime()), log.vkey(), count -> {});
  }

  VerificationReport verify(String trustedCheckpoint) {
    return new LogVerifier()
        .verify(
            new PostgresLogSource(database.runtime()),
            log.vkey(),
            Optional.of(trustedCheckpoint),
            count -> {});
  }
}
