package dev.cordon.audit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.audit.tree.CompactRange;
import dev.cordon.audit.tree.ProofCheck;
import dev.cordon.audit.tree.Proofs;
import dev.cordon.audit.tree.ReferenceTree;
import dev.cordon.audit.tree.TreeHash;
import dev.cordon.audit.verify.ProofResult;
import dev.cordon.audit.verify.ProofVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Byte equality with the vectors of an independent implementation. */
@Tag("R37")
class VectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonNode VECTORS = read();

  @Test
  void theReferenceLeavesHaveTheReferenceRoots() {
    JsonNode reference = VECTORS.get("rfc6962_roots_for_CT_reference_leaves");
    CompactRange range = new CompactRange();
    assertEquals(reference.at("/roots_hex/0").asText(), HEX.formatHex(range.root()));
    int size = 0;
    for (JsonNode leaf : reference.get("leaves_hex")) {
      range.append(TreeHash.leaf(HEX.parseHex(leaf.asText())), (node, hash) -> {});
      size++;
      String expected = reference.at("/roots_hex/" + size).asText();
      assertEquals(expected, HEX.formatHex(range.root()));
    }
    assertEquals(8, size);
  }

  @Test
  void theC2spExampleNoteVerifies() {
    JsonNode example = VECTORS.get("c2sp_signed_note_example_verified");
    String vkey = example.get("vkey").asText();
    NoteVerifier verifier = NoteVerifier.fromVkey(vkey);
    assertEquals(vkey, verifier.vkey());
    SignedNote note = SignedNote.parse(example.get("note").asText());
    assertTrue(verifier.verifies(note));
    assertEquals(example.get("note").asText(), note.encoded());
  }

  @Test
  void entriesHashToTheVectorsLeavesAndRoots() {
    ReferenceTree tree = tree();
    List<String> expected = new ArrayList<>();
    VECTORS.get("leaf_hashes_hex").forEach(hash -> expected.add(hash.asText()));
    assertEquals(expected, tree.leafHashes().stream().map(HEX::formatHex).toList());
    assertEquals(text("root4_hex"), HEX.formatHex(Proofs.root(4, tree.nodes())));
    assertEquals(text("root7_hex"), HEX.formatHex(Proofs.root(7, tree.nodes())));
  }

  @Test
  void theSignersKeyAndCheckpointsAreTheVectors() {
    NoteSigner signer = signer();
    assertEquals(VECTORS.at("/log/vkey").asText(), signer.vkey());
    assertEquals(VECTORS.at("/log/key_id_hex").asText(), signer.verifier().keyId());
    for (int size : new int[] {4, 7}) {
      byte[] root = tree().first(size).root();
      Checkpoint checkpoint = new Checkpoint(signer.origin(), size, root);
      String note = signer.sign(checkpoint.text()).encoded();
      assertEquals(text("checkpoint" + size), note);
      assertTrue(NoteVerifier.fromVkey(signer.vkey()).verifies(SignedNote.parse(note)));
      assertEquals(checkpoint, Checkpoint.parse(SignedNote.parse(note).text()));
    }
  }

  @Test
  void proofsAreTheVectors() {
    ReferenceTree tree = tree();
    List<byte[]> inclusion = Proofs.inclusion(5, 7, tree.nodes());
    assertArrayEquals(hashes("inclusion_index5_size7_hex"), inclusion.toArray());
    List<byte[]> consistency = Proofs.consistency(4, 7, tree.nodes());
    assertArrayEquals(hashes("consistency_4_to_7_hex"), consistency.toArray());
    byte[] root4 = HEX.parseHex(text("root4_hex"));
    byte[] root7 = HEX.parseHex(text("root7_hex"));
    assertTrue(ProofCheck.consistency(4, root4, 7, root7, consistency));
  }

  @Test
  @Tag("R46")
  void theProofFileIsTheVectorAndVerifiesUnderTheLogsKey() {
    String proof = text("tlog_proof_index5");
    TlogProof parsed = TlogProof.parse(proof);
    assertEquals(proof, parsed.text());
    List<byte[]> path = Proofs.inclusion(5, 7, tree().nodes());
    assertEquals(proof, new TlogProof(5, path, parsed.checkpoint()).text());
    byte[] leaf = tree().leafHashes().get(5);
    String vkey = VECTORS.at("/log/vkey").asText();
    assertEquals(
        new ProofResult.Valid("audit.example.com/tenant-42", 5, 7),
        ProofVerifier.verify(proof, leaf, vkey));
    assertFalse(ProofVerifier.verify(proof, tree().leafHashes().get(4), vkey).ok());
    String witness = VECTORS.at("/witness/vkey").asText();
    assertFalse(ProofVerifier.verify(proof, leaf, witness).ok());
  }

  private static ReferenceTree tree() {
    List<byte[]> hashes = new ArrayList<>();
    for (JsonNode entry : VECTORS.get("entries_utf8")) {
      hashes.add(TreeHash.leaf(entry.asText().getBytes(StandardCharsets.UTF_8)));
    }
    return new ReferenceTree(hashes);
  }

  private static NoteSigner signer() {
    byte[] seed = new byte[32];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    return NoteSigner.fromSeed(seed, VECTORS.at("/log/origin").asText());
  }

  private static Object[] hashes(String name) {
    List<byte[]> hashes = new ArrayList<>();
    VECTORS.get(name).forEach(hash -> hashes.add(HEX.parseHex(hash.asText())));
    return hashes.toArray();
  }

  private static String text(String name) {
    return VECTORS.get(name).asText();
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(Path.of("testdata/tlog_vectors.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
