package dev.cordon.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.checkpoint.Checkpoint;
import dev.cordon.audit.checkpoint.NoteSigner;
import dev.cordon.audit.checkpoint.TlogProof;
import dev.cordon.audit.leaf.Leaves;
import dev.cordon.audit.tree.Proofs;
import dev.cordon.audit.tree.ReferenceTree;
import dev.cordon.audit.verify.Finding.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The committed log of 13 leaves: a change of any byte format fails here first. */
@Tag("R37")
class GoldenLogTest {
  private static final Path GOLDEN = Path.of("testdata/golden");
  private static final String ORIGIN = "audit.example.com/golden";
  private static final int INDEX = 9;

  @Test
  void theLeavesAreTheGoldenEntries() throws IOException {
    List<String> written = new ArrayList<>();
    for (int number = 0; number < 13; number++) {
      byte[] entry = Leaves.numbered(number).canonicalJson();
      written.add(new String(entry, StandardCharsets.US_ASCII));
    }
    assertEquals(String.join("\n", written) + "\n", golden("entries.jsonl"));
  }

  @Test
  void theKeyAndTheCheckpointAreGolden() throws IOException {
    MemoryLog log = log();
    assertEquals(signer().vkey() + "\n", golden("vkey"));
    assertEquals(checkpoint(log), golden("checkpoint"));
  }

  @Test
  @Tag("R46")
  void theProofIsGoldenAndVerifiesOffline() throws IOException {
    MemoryLog log = log();
    List<byte[]> hashes = log.entries.stream().map(LogSource.StoredEntry::leafHash).toList();
    List<byte[]> path = Proofs.inclusion(INDEX, 13, new ReferenceTree(hashes).nodes());
    String proof = new TlogProof(INDEX, path, checkpoint(log)).text();
    assertEquals(proof, golden("entry-9.tlog-proof"));
    assertEquals(
        new ProofResult.Valid(ORIGIN, INDEX, 13),
        ProofVerifier.verify(proof, hashes.get(INDEX), golden("vkey")));
  }

  @Test
  @Tag("R46")
  void aChangeOfAnyCharacterOfTheProofIsNoticed() throws IOException {
    String proof = golden("entry-9.tlog-proof");
    byte[] leafHash = log().entries.get(INDEX).leafHash();
    for (int at = 0; at < proof.length(); at++) {
      char changed = proof.charAt(at) == 'A' ? 'B' : 'A';
      String other = proof.substring(0, at) + changed + proof.substring(at + 1);
      ProofResult result = ProofVerifier.verify(other, leafHash, golden("vkey"));
      assertFalse(result.ok(), "position " + at);
    }
    assertFalse(ProofVerifier.verify("", leafHash, golden("vkey")).ok());
    assertFalse(ProofVerifier.verify(proof, new byte[0], golden("vkey")).ok());
    assertFalse(ProofVerifier.verify(proof, leafHash, "no key").ok());
  }

  @Test
  void theGoldenLogVerifies() throws IOException {
    MemoryLog log = log();
    log.checkpoints.add(new LogSource.StoredCheckpoint(13, log.tree.root(), golden("checkpoint")));
    VerificationReport report = new LogVerifier().verify(log, golden("vkey"), count -> {});
    assertTrue(report.ok(), () -> report.findings().toString());
    assertEquals(13, report.size());
    assertEquals(1, report.checkpoints());
    assertEquals(HexFormat.of().formatHex(log.tree.root()), report.root());
  }

  @Test
  void tellsItsProgressAndKeepsTheFirstThousandFindings() {
    MemoryLog log = new MemoryLog();
    for (int number = 0; number < 2_500; number++) {
      log.append(Leaves.numbered(number).canonicalJson());
    }
    List<Long> progress = new ArrayList<>();
    String vkey = signer().vkey();
    assertTrue(new LogVerifier().verify(log, vkey, progress::add).ok());
    assertEquals(List.of(1_000L, 2_000L, 2_500L), progress);
    log.entries.replaceAll(
        entry ->
            new LogSource.StoredEntry(
                entry.index(), entry.id(), entry.time(), "x", entry.entry(), entry.leafHash()));
    VerificationReport report = new LogVerifier().verify(log, vkey, count -> {});
    assertFalse(report.ok());
    assertEquals(2_500, report.findingCount());
    assertEquals(1_000, report.findings().size());
    assertEquals(Problem.ENTRY_COLUMNS_DIFFER, report.findings().getFirst().what());
  }

  private static MemoryLog log() throws IOException {
    MemoryLog log = new MemoryLog();
    golden("entries.jsonl")
        .lines()
        .forEach(line -> log.append(line.getBytes(StandardCharsets.US_ASCII)));
    return log;
  }

  private static String checkpoint(MemoryLog log) {
    Checkpoint checkpoint = new Checkpoint(ORIGIN, log.tree.size(), log.tree.root());
    return signer().sign(checkpoint.text()).encoded();
  }

  private static NoteSigner signer() {
    byte[] seed = new byte[32];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) (0x40 + i);
    }
    return NoteSigner.fromSeed(seed, ORIGIN);
  }

  private static String golden(String name) throws IOException {
    return Files.readString(GOLDEN.resolve(name));
  }
}
