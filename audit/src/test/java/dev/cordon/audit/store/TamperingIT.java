package dev.cordon.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.checkpoint.Checkpoint;
import dev.cordon.audit.checkpoint.NoteSigner;
import dev.cordon.audit.verify.Finding;
import dev.cordon.audit.verify.Finding.Problem;
import dev.cordon.audit.verify.LogVerifier;
import dev.cordon.audit.verify.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case changes a log of 13 leaves (checkpoints at 5 and 13) as only a superuser can. */
@Tag("R37")
class TamperingIT {
  private static final List<String> TABLES = List.of("leaf", "node", "checkpoint", "head");

  private static LogUnderTest shared;

  @BeforeAll
  static void aLogWithTwoCheckpoints() throws Exception {
    shared = LogUnderTest.withLeaves(5);
    shared.log().checkpoint();
    shared.append(5, 13);
    shared.log().checkpoint();
    for (String table : TABLES) {
      shared.database().tamper("create table kept_" + table + " as table audit." + table);
    }
  }

  @BeforeEach
  void startsFromALogThatVerifies() {
    StringBuilder restore = new StringBuilder();
    for (String table : TABLES) {
      restore.append("delete from audit." + table + ";");
      restore.append("insert into audit." + table + " table kept_" + table + ";");
    }
    shared.database().tamper(restore.toString());
    assertTrue(shared.verify().ok());
  }

  static Stream<Arguments> cases() {
    String flip = "set_byte(%s, 3, get_byte(%s, 3) # 1)";
    return Stream.of(
        tampering(
            "update audit.leaf set entry = convert_to(replace(convert_from(entry, 'UTF8'),"
                + " 'image-tagging', 'image-taggers'), 'UTF8') where index = 6",
            Problem.LEAF_HASH_DIFFERS,
            6),
        tampering(
            "update audit.leaf set entry = entry || ' '::bytea where index = 6",
            Problem.ENTRY_NOT_CANONICAL,
            6),
        tampering(
            "update audit.leaf set entry = entry || ' '::bytea,"
                + " leaf_hash = sha256('\\x00'::bytea || entry || ' '::bytea) where index = 2",
            Problem.CHECKPOINT_ROOT_DIFFERS,
            5),
        tampering(
            "update audit.leaf set leaf_hash = "
                + flip.replace("%s", "leaf_hash")
                + " where index = 12",
            Problem.LEAF_HASH_DIFFERS,
            12),
        tampering(
            "update audit.leaf set tenant = 'other' where index = 4",
            Problem.ENTRY_COLUMNS_DIFFER,
            4),
        tampering(
            "update audit.leaf set time = time + interval '1 ms' where index = 4",
            Problem.ENTRY_COLUMNS_DIFFER,
            4),
        tampering(
            "update audit.leaf set id = gen_random_uuid() where index = 4",
            Problem.ENTRY_COLUMNS_DIFFER,
            4),
        tampering(
            "update audit.node set hash = "
                + flip.replace("%s", "hash")
                + " where level = 2 and index = 1",
            Problem.NODE_DIFFERS,
            1),
        tampering("delete from audit.node where level = 3", Problem.NODE_MISSING, 0),
        tampering("insert into audit.node values (1, 6, sha256('x'))", Problem.NODE_UNEXPECTED, 6),
        tampering(
            "update audit.head set frontier = " + flip.replace("%s", "frontier"),
            Problem.HEAD_FRONTIER_DIFFERS,
            13),
        tampering("update audit.head set size = 14", Problem.HEAD_SIZE_DIFFERS, 13),
        tampering("delete from audit.head", Problem.HEAD_MISSING, 13),
        tampering(
            "update audit.checkpoint set note = translate(note, 'A', 'B') where size = 5",
            Problem.CHECKPOINT_SIGNATURE_INVALID,
            5),
        tampering(
            "update audit.checkpoint set note = 'no note' where size = 5",
            Problem.CHECKPOINT_MALFORMED,
            5),
        tampering(
            "update audit.checkpoint set note = (select note from audit.checkpoint"
                + " where size = 13) where size = 5",
            Problem.CHECKPOINT_COLUMNS_DIFFER,
            5),
        tampering(
            "update audit.checkpoint set root = " + flip.replace("%s", "root") + " where size = 5",
            Problem.CHECKPOINT_ROOT_DIFFERS,
            5),
        tampering("delete from audit.leaf where index = 7", Problem.ENTRY_MISSING, 7),
        tampering("delete from audit.leaf where index = 0", Problem.ENTRY_MISSING, 0),
        tampering("delete from audit.leaf where index = 12", Problem.CHECKPOINT_BEYOND_LOG, 13),
        tampering("delete from audit.leaf where index = 12", Problem.HEAD_SIZE_DIFFERS, 12),
        tampering("delete from audit.leaf", Problem.CHECKPOINT_BEYOND_LOG, 5));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reportsWhatWasChangedAndWhere(String sql, Problem what, long index) {
    shared.database().tamper(sql);
    assertReported(what, index);
  }

  @Test
  void reportsADuplicatedIndex() {
    shared
        .database()
        .tamper(
            "alter table audit.commitment_key drop constraint commitment_key_leaf_id_fkey;"
                + " alter table audit.leaf drop constraint leaf_pkey,"
                + " drop constraint leaf_id_key;"
                + " insert into audit.leaf select * from audit.leaf where index = 3");
    assertReported(Problem.ENTRY_DUPLICATED, 3);
  }

  private static void assertReported(Problem what, long index) {
    VerificationReport report = shared.verify();
    assertFalse(report.ok());
    assertTrue(
        report.findings().stream().anyMatch(f -> f.what() == what && f.index() == index),
        () -> report.findings().stream().map(Finding::toString).toList().toString());
  }

  @Test
  void aCheckpointKeptElsewhereShowsWhatWasCutOffWithTheStoredOnes() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(5);
    String atFive = log.log().checkpoint();
    log.append(5, 13);
    String atThirteen = log.log().checkpoint();
    for (String saved : List.of(atFive, atThirteen)) {
      assertTrue(log.verify(saved).ok(), () -> log.verify(saved).findings().toString());
    }
    String frontier = LogUnderTest.withLeaves(7).frontier();
    log.database()
        .tamper(
            "delete from audit.checkpoint; delete from audit.leaf where index >= 7;"
                + " delete from audit.node where (index + 1) << level > 7;"
                + " update audit.head set size = 7, frontier = decode('%s', 'hex')"
                    .formatted(frontier));
    assertTrue(log.verify().ok(), () -> log.verify().findings().toString());
    assertEquals(0, log.verify().checkpoints());
    assertTrue(log.verify(atFive).ok());
    assertEquals(
        List.of("CHECKPOINT_BEYOND_LOG at 13: the trusted checkpoint covers more than is there"),
        findings(log.verify(atThirteen)));
  }

  @Test
  void aLogWrittenAnewDiffersFromACheckpointKeptElsewhere() throws Exception {
    String saved = shared.log().checkpoint();
    LogUnderTest other = LogUnderTest.fresh();
    other.append(1, 20);
    other.log().checkpoint();
    assertTrue(other.verify().ok());
    assertEquals(
        List.of(
            "CHECKPOINT_ROOT_DIFFERS at 13: the log has another root than the trusted checkpoint"),
        findings(other.verify(saved)));
  }

  @Test
  void aTrustedCheckpointThatTheKeyDidNotSignIsAFinding() {
    String saved = shared.log().checkpoint();
    assertEquals(
        List.of(
            "CHECKPOINT_SIGNATURE_INVALID at 14: the key does not verify the trusted checkpoint"),
        findings(shared.verify(saved.replace("\n13\n", "\n14\n"))));
    assertEquals(
        List.of(
            "CHECKPOINT_MALFORMED at -1: trusted checkpoint: a note is a text, an empty line and"
                + " signature lines"),
        findings(shared.verify("no note")));
    NoteSigner stranger = NoteSigner.fromSeed(new byte[32], LogUnderTest.ORIGIN);
    Checkpoint unsaid = new Checkpoint(LogUnderTest.ORIGIN, 13, new byte[32]);
    assertEquals(
        List.of(
            "CHECKPOINT_SIGNATURE_INVALID at 13: the key does not verify the trusted checkpoint"),
        findings(shared.verify(stranger.sign(unsaid.text()).encoded())));
    Checkpoint elsewhere = new Checkpoint("other.example.com/log", 13, new byte[32]);
    assertEquals(
        List.of(
            "CHECKPOINT_SIGNATURE_INVALID at 13: the key does not verify the trusted checkpoint"),
        findings(shared.verify(LogUnderTest.signer(1).sign(elsewhere.text()).encoded())));
  }

  private static List<String> findings(VerificationReport report) {
    return report.findings().stream().map(Finding::toString).toList();
  }

  @Test
  void anotherKeyVerifiesNothing() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(2);
    log.log().checkpoint();
    PostgresLogSource source = new PostgresLogSource(log.database().runtime());
    VerificationReport report =
        new LogVerifier().verify(source, LogUnderTest.signer(2).vkey(), count -> {});
    assertEquals(
        List.of(Problem.CHECKPOINT_SIGNATURE_INVALID),
        report.findings().stream().map(Finding::what).toList());
    assertThrows(
        IllegalArgumentException.class,
        () -> new LogVerifier().verify(source, "no key", count -> {}));
  }

  @Test
  void verifiesOneSnapshotWhileOthersAppend() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(4);
    List<Long> progress = new ArrayList<>();
    PostgresLogSource stored = new PostgresLogSource(log.database().runtime());
    VerificationReport report =
        new LogVerifier()
            .verify(
                () -> {
                  var snapshot = stored.open();
                  snapshot.head();
                  try {
                    log.append(4, 9);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                  return snapshot;
                },
                log.log().vkey(),
                progress::add);
    assertTrue(report.ok(), () -> report.findings().toString());
    assertEquals(4, report.size());
    assertEquals(List.of(4L), progress);
    assertEquals(9, log.verify().size());
  }

  private static Arguments tampering(String sql, Problem what, long index) {
    return Arguments.of(sql, what, index);
  }
}
