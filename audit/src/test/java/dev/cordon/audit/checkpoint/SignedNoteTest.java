package dev.cordon.audit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R37")
class SignedNoteTest {
  private static final NoteSigner SIGNER = signer(1, "log.example.com/a");
  private static final NoteVerifier VERIFIER = SIGNER.verifier();
  private static final String NOTE = SIGNER.sign("one\n\ntwo\n").encoded();

  @Test
  void splitsAtTheLastEmptyLine() {
    SignedNote note = SignedNote.parse(NOTE);
    assertEquals("one\n\ntwo\n", note.text());
    assertTrue(VERIFIER.verifies(note));
  }

  @Test
  void theSameTextAlwaysGetsTheSameBytes() {
    assertEquals(NOTE, SIGNER.sign("one\n\ntwo\n").encoded());
  }

  @Test
  void ignoresKeysItDoesNotKnow() {
    SignedNote own = SignedNote.parse(NOTE);
    List<SignedNote.Signature> many = new ArrayList<>();
    for (int other = 2; other < 22; other++) {
      many.addAll(signer(other, "log.example.com/a").sign(own.text()).signatures());
    }
    assertFalse(VERIFIER.verifies(new SignedNote(own.text(), many)));
    many.addAll(own.signatures());
    SignedNote note = SignedNote.parse(new SignedNote(own.text(), many).encoded());
    assertTrue(VERIFIER.verifies(note));
  }

  @Test
  void aKnownKeyThatFailsRejectsTheNoteEvenBesideAGoodSignature() {
    SignedNote.Signature good = SignedNote.parse(NOTE).signatures().getFirst();
    SignedNote.Signature bad = SIGNER.sign("another\n").signatures().getFirst();
    assertFalse(VERIFIER.verifies(new SignedNote("one\n\ntwo\n", List.of(good, bad))));
    assertFalse(VERIFIER.verifies(new SignedNote("one\n\ntwo\n", List.of(bad, good))));
    assertTrue(VERIFIER.verifies(new SignedNote("one\n\ntwo\n", List.of(good, good))));
  }

  @Test
  void aFlippedBitInTextOrSignatureIsNoticed() {
    SignedNote note = SignedNote.parse(NOTE);
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      byte[] signature = note.signatures().getFirst().bytes();
      int bit = random.nextInt(signature.length * 8);
      signature[bit / 8] ^= (byte) (1 << bit % 8);
      SignedNote changed =
          new SignedNote(
              note.text(),
              List.of(new SignedNote.Signature(VERIFIER.name(), VERIFIER.keyId(), signature)));
      assertFalse(VERIFIER.verifies(changed));
    }
    assertFalse(VERIFIER.verifies(new SignedNote("one\n\ntwp\n", note.signatures())));
  }

  static Stream<String> malformedNotes() {
    String line = NOTE.substring(NOTE.lastIndexOf("\n\n") + 2);
    return Stream.of(
        "",
        "text\n",
        "text\n\n",
        "text\n\nno dash\n",
        "\n\n" + line.replace("\u2014", "-"),
        "text\n\n" + line.stripTrailing(),
        "text\n\n" + line + "\u2014 name\n",
        "text\n\n\u2014 a+b " + line.split(" ")[2],
        "text\n\n\u2014 name AAAA\n",
        "text\n\n\u2014 name AAAAAAA\n",
        "text\n\n\u2014 name AAAAAAB=\n",
        "text\n\n\u2014 name AAAA AAAA\n",
        "te\txt\n\n" + line,
        "te\u0000xt\n\n" + line,
        "te\ud800xt\n\n" + line,
        "text\n\n" + line.repeat(129));
  }

  @ParameterizedTest
  @MethodSource("malformedNotes")
  void refusesAMalformedNote(String note) {
    assertThrows(IllegalArgumentException.class, () -> SignedNote.parse(note));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "name+00000000",
        "name+00000000+AAAA",
        "+530d903a+AekyeRrm56hApGFkyQ==",
        "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
      })
  void refusesAMalformedVerifierKey(String vkey) {
    assertThrows(IllegalArgumentException.class, () -> NoteVerifier.fromVkey(vkey));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\nb", "a\u0085b"})
  void refusesAKeyNameThatBreaksALine(String name) {
    assertThrows(IllegalArgumentException.class, () -> signer(1, name));
  }

  @Test
  void readsCheckpointsStrictly() {
    String root = Base64.getEncoder().encodeToString(new byte[32]);
    Checkpoint checkpoint = Checkpoint.parse("o\n12\n" + root + "\nextension\n");
    assertEquals(12, checkpoint.size());
    assertEquals("o\n12\n" + root + "\nextension\n", checkpoint.text());
    for (String text :
        List.of(
            "o\n12\n" + root,
            "o\n12\n",
            "\n12\n" + root + "\n",
            "o\n012\n" + root + "\n",
            "o\n-1\n" + root + "\n",
            "o\n+1\n" + root + "\n",
            "o\n9999999999999999999\n" + root + "\n",
            "o\n12\n" + root.substring(4) + "\n",
            "o\n12\n" + root.replace("=", "") + "\n",
            "o\n12\n" + root + "\n\n")) {
      assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(text), text);
    }
  }

  @Test
  void readsProofsStrictly() {
    String hash = Base64.getEncoder().encodeToString(new byte[32]);
    String head = "c2sp.org/tlog-proof@v1\n";
    TlogProof proof = TlogProof.parse(head + "extra AAAA\nindex 3\n" + hash + "\n\nrest\n");
    assertEquals("AAAA", proof.extra().orElseThrow());
    assertEquals(head + "extra AAAA\nindex 3\n" + hash + "\n\nrest\n", proof.text());
    assertEquals(List.of(), TlogProof.parse(head + "index 0\n\nrest\n").path());
    for (String text :
        List.of(
            "",
            head + "index 0\nrest\n",
            "c2sp.org/tlog-proof@v2\nindex 0\n\nrest\n",
            head + "\nrest\n",
            head + "index 00\n\nrest\n",
            head + "index x\n\nrest\n",
            head + "index 9999999999999999999\n\nrest\n",
            head + "index 0\nAAAA\n\nrest\n",
            head + "index 0\n" + hash + "=\n\nrest\n",
            head + "extra !\nindex 0\n\nrest\n",
            head + "index 0\n" + (hash + "\n").repeat(64) + "\nrest\n")) {
      assertThrows(IllegalArgumentException.class, () -> TlogProof.parse(text), text);
    }
  }

  private static NoteSigner signer(int seed, String name) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) seed;
    return NoteSigner.fromSeed(bytes, name);
  }
}
