package dev.cordon.audit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.checkpoint.Checkpoint;
import dev.cordon.audit.checkpoint.NoteVerifier;
import dev.cordon.audit.checkpoint.SignedNote;
import dev.cordon.audit.leaf.AuditUnavailableException;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Entry;
import dev.cordon.audit.leaf.Leaves;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.audit.tree.CompactRange;
import dev.cordon.audit.tree.Proofs;
import dev.cordon.audit.tree.ReferenceTree;
import dev.cordon.audit.tree.TreeHash;
import dev.cordon.audit.verify.ProofResult;
import dev.cordon.audit.verify.ProofVerifier;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R34")
class PostgresAuditLogIT {
  @Test
  void anEmptyLogHasTheEmptyRootAndNoProof() {
    LogUnderTest fresh = LogUnderTest.fresh();
    assertEquals(0, fresh.log().size());
    assertEquals(Optional.empty(), fresh.log().proof(0));
    assertEquals(List.of(), fresh.log().entries(0, 10));
    assertArrayEquals(TreeHash.empty(), checkpoint(fresh).root());
    assertTrue(fresh.verify().ok());
  }

  @Test
  @Tag("R37")
  void theStoredTreeIsThePureTreeAtEverySizeTo300() throws Exception {
    LogUnderTest log = LogUnderTest.fresh();
    CompactRange pure = new CompactRange();
    List<byte[]> hashes = new ArrayList<>();
    for (int number = 0; number < 300; number++) {
      Receipt receipt = log.append(number, number + 1).getFirst();
      byte[] hash = TreeHash.leaf(Leaves.numbered(number).canonicalJson());
      hashes.add(hash);
      pure.append(hash, (node, value) -> {});
      Receipt expected = new Receipt(LogUnderTest.ORIGIN, number, HexFormat.of().formatHex(hash));
      assertEquals(expected, receipt);
      Checkpoint checkpoint = checkpoint(log);
      assertEquals(new Checkpoint(LogUnderTest.ORIGIN, number + 1, pure.root()), checkpoint);
    }
    ReferenceTree reference = new ReferenceTree(hashes);
    try (Connection connection = log.database().runtime().getConnection()) {
      LogTables tables = new LogTables(connection);
      for (int size = 1; size <= 300; size++) {
        assertArrayEquals(reference.first(size).root(), Proofs.root(size, tables::hashes));
      }
    }
    assertEquals(300, log.database().count("audit.checkpoint"));
    assertTrue(log.verify().ok(), () -> log.verify().findings().toString());
  }

  @Test
  @Tag("R46")
  void everyEntryHasAProofThatVerifiesOffline() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(37);
    String vkey = log.log().vkey();
    List<Entry> entries = log.log().entries(0, 1000);
    assertEquals(37, entries.size());
    for (Entry entry : entries) {
      String proof = log.log().proof(entry.index()).orElseThrow();
      assertEquals(
          new ProofResult.Valid(LogUnderTest.ORIGIN, entry.index(), 37),
          ProofVerifier.verify(proof, entry.leafHash(), vkey));
      byte[] other = TreeHash.leaf(Leaves.numbered(1_000).canonicalJson());
      assertFalse(ProofVerifier.verify(proof, other, vkey).ok());
    }
    assertEquals(Optional.empty(), log.log().proof(37));
    assertEquals(Optional.empty(), log.log().proof(-1));
  }

  @Test
  void aProofReusesTheCheckpointThatCoversItsEntry() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(5);
    String first = log.log().checkpoint();
    log.append(5, 9);
    assertTrue(log.log().proof(4).orElseThrow().endsWith(first));
    assertEquals(1, log.database().count("audit.checkpoint"));
    assertTrue(log.log().proof(5).orElseThrow().endsWith(log.log().checkpoint()));
    assertEquals(2, log.database().count("audit.checkpoint"));
  }

  @Test
  void pagesEntriesInIndexOrder() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(10);
    List<Entry> page = log.log().entries(4, 3);
    assertEquals(List.of(4L, 5L, 6L), page.stream().map(Entry::index).toList());
    assertArrayEquals(Leaves.numbered(5).canonicalJson(), page.get(1).json());
    assertEquals(List.of(), log.log().entries(10, 3));
    assertThrows(IllegalArgumentException.class, () -> log.log().entries(0, 0));
    assertThrows(IllegalArgumentException.class, () -> log.log().entries(0, 1001));
  }

  @Test
  void refusesToAppendWithoutATransaction() {
    LogUnderTest log = LogUnderTest.fresh();
    assertThrows(IllegalStateException.class, () -> log.log().append(Leaves.numbered(1)));
    assertEquals(0, log.log().size());
    assertEquals(0, log.database().count("audit.leaf"));
  }

  @Test
  void aRolledBackAppendLeavesNoTraceAndItsIndexIsUsedAgain() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(3);
    assertThrows(
        IllegalStateException.class,
        () ->
            log.source()
                .inTransaction(
                    () -> {
                      log.log().append(Leaves.numbered(3));
                      throw new IllegalStateException("the state change failed");
                    }));
    assertEquals(3, log.log().size());
    assertEquals(3, log.database().count("audit.leaf"));
    assertEquals(1, log.database().count("audit.node"));
    assertEquals(3, log.database().count("audit.commitment_key"));
    assertEquals(3, log.append(4, 5).getFirst().index());
    assertTrue(log.verify().ok());
  }

  @Test
  void aFailingAppendDoomsItsTransaction() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(3);
    assertThrows(
        AuditUnavailableException.class,
        () ->
            log.source()
                .inTransaction(
                    () -> {
                      log.log().append(Leaves.numbered(3));
                      assertThrows(
                          AuditUnavailableException.class,
                          () -> log.log().append(Leaves.numbered(1)));
                      return log.log().append(Leaves.numbered(4));
                    }));
    assertEquals(3, log.log().size());
    assertTrue(log.verify().ok());
  }

  @Test
  @Tag("R37")
  void neverSignsATreeThatHasNotCommitted() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(2);
    log.source()
        .inTransaction(
            () -> {
              log.log().append(Leaves.numbered(2));
              assertThrows(IllegalStateException.class, () -> log.log().checkpoint());
              assertThrows(IllegalStateException.class, () -> log.log().proof(2));
              return null;
            });
    assertEquals(0, log.database().count("audit.checkpoint"));
    assertEquals(3, checkpoint(log).size());
    String inTransaction = log.source().inTransaction(() -> log.log().checkpoint());
    assertEquals(inTransaction, log.log().checkpoint());
  }

  @Test
  void aCheckpointSeesOnlyWhatOthersHaveCommitted() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(2);
    PostgresAuditLog other = new PostgresAuditLog(log.database().runtime(), LogUnderTest.signer(1));
    String during =
        log.source()
            .inTransaction(
                () -> {
                  log.log().append(Leaves.numbered(2));
                  return other.checkpoint();
                });
    assertTrue(during.startsWith(LogUnderTest.ORIGIN + "\n2\n"));
    assertEquals(3, checkpoint(log).size());
    assertTrue(log.verify().ok());
  }

  @Test
  @Tag("R37")
  void refusesToSignATreeThatDoesNotExtendItsLastCheckpoint() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(6);
    log.log().checkpoint();
    log.append(6, 8);
    log.database().tamper("update audit.head set frontier = sha256('x'), size = 8 where size = 8");
    assertThrows(AuditUnavailableException.class, () -> log.log().checkpoint());
    log.database().tamper("update audit.head set frontier = sha256('x'), size = 4");
    assertThrows(AuditUnavailableException.class, () -> log.log().checkpoint());
    assertEquals(1, log.database().count("audit.checkpoint"));
  }

  @Test
  void refusesAStoredCheckpointOfAnotherKey() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(4);
    log.log().checkpoint();
    PostgresAuditLog other = new PostgresAuditLog(log.database().runtime(), LogUnderTest.signer(2));
    assertThrows(AuditUnavailableException.class, other::checkpoint);
    assertThrows(AuditUnavailableException.class, () -> other.proof(1));
  }

  @Test
  void refusesAStoredCheckpointThatWasChanged() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(4);
    log.log().checkpoint();
    log.database().tamper("update audit.checkpoint set root = sha256('x')");
    assertThrows(AuditUnavailableException.class, () -> log.log().checkpoint());
    assertThrows(AuditUnavailableException.class, () -> log.log().proof(1));
    log.database().tamper("update audit.checkpoint set note = 'no note'");
    assertThrows(AuditUnavailableException.class, () -> log.log().checkpoint());
    log.append(4, 5);
    assertThrows(AuditUnavailableException.class, () -> log.log().proof(4));
  }

  @Test
  void neverReturnsAProofThatDoesNotVerify() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(8);
    log.log().checkpoint();
    log.database().tamper("update audit.node set hash = sha256('x') where level = 2");
    assertThrows(AuditUnavailableException.class, () -> log.log().proof(1));
    log.database().tamper("delete from audit.node where level = 2");
    assertThrows(AuditUnavailableException.class, () -> log.log().proof(1));
  }

  @Test
  void concurrentAppendsAreGaplessAndVerify() throws Exception {
    LogUnderTest log = LogUnderTest.fresh();
    List<Callable<List<Receipt>>> writers = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      int first = writer * 50;
      writers.add(
          () -> {
            List<Receipt> receipts = log.append(first, first + 50);
            log.log().checkpoint();
            return receipts;
          });
    }
    Set<Long> indexes;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Receipt> receipts = new ArrayList<>();
      for (Future<List<Receipt>> written : threads.invokeAll(writers)) {
        receipts.addAll(written.get());
      }
      indexes = receipts.stream().map(Receipt::index).collect(Collectors.toSet());
    }
    assertEquals(LongStream.range(0, 400).boxed().collect(Collectors.toSet()), indexes);
    assertEquals(400, log.log().size());
    assertTrue(log.verify().ok(), () -> log.verify().findings().toString());
    assertEquals(400, log.verify().size());
  }

  @Test
  @Tag("R40")
  void theCommitmentKeyLiesBesideTheTreeAndMayBeDestroyed() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(2);
    Commitment commitment = Leaves.numbered(1).commitment();
    String select = "encode(key, 'hex') = '" + HexFormat.of().formatHex(commitment.key()) + "'";
    assertEquals(1, log.database().count("audit.commitment_key where " + select));
    AuditDatabase.run(log.database().runtime(), "delete from audit.commitment_key where " + select);
    assertTrue(log.verify().ok());
    assertTrue(log.log().proof(1).isPresent());
  }

  private static Checkpoint checkpoint(LogUnderTest log) {
    SignedNote note = SignedNote.parse(log.log().checkpoint());
    assertTrue(NoteVerifier.fromVkey(log.log().vkey()).verifies(note));
    return Checkpoint.parse(note.text());
  }
}
