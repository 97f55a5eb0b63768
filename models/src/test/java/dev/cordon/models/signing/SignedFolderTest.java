package dev.cordon.models.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R47")
class SignedFolderTest {
  /** Signed by OpenSSF's own tool, model-signing 1.1.1. */
  private static final Path REFERENCE = Path.of("testdata", "signing");

  private final SigningKey key = SigningKey.generate();
  private final TrustedKeys trusted = TrustedKeys.of(key.publicHalf());
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void sign() throws IOException {
    folder = Files.createDirectory(parent.resolve("pack"));
    for (String name : List.of("graph.onnx", "manifest.json", "card.md")) {
      Files.writeString(folder.resolve(name), "content of " + name);
    }
    SignedFolder.sign(folder, "pack", key);
  }

  @Test
  void verifiesWhatTheReferenceToolSigned() throws Exception {
    VerificationKey signer = VerificationKey.parse(Files.readString(REFERENCE.resolve("key.pub")));

    SignedFolder.Seal seal = SignedFolder.verify(REFERENCE.resolve("pack"), TrustedKeys.of(signer));

    assertEquals(signer.id(), seal.signer());
  }

  @Test
  void verifiesWhatItSigned() throws Exception {
    assertEquals(key.publicHalf().id(), SignedFolder.verify(folder, trusted).signer());
  }

  @Test
  void signingAgainReplacesTheSignature() throws Exception {
    Files.writeString(folder.resolve("labels.json"), "[]");

    SignedFolder.Seal seal = SignedFolder.sign(folder, "pack", key);

    assertEquals(seal, SignedFolder.verify(folder, trusted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"graph.onnx", "manifest.json", "card.md"})
  void refusesOneByteMore(String name) throws IOException {
    Files.writeString(folder.resolve(name), "content of " + name + "!");

    assertEquals("file `" + name + "` is not the one that was signed", refusal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"graph.onnx", "manifest.json", "card.md"})
  void refusesAChangedByte(String name) throws IOException {
    Files.writeString(folder.resolve(name), "Content of " + name);

    assertEquals("file `" + name + "` is not the one that was signed", refusal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"extra.onnx", ".git", ".gitignore", "model.sig.bak"})
  void refusesOneFileMore(String name) throws IOException {
    Files.writeString(folder.resolve(name), "");

    assertEquals("file `" + name + "` is not signed", refusal());
  }

  @Test
  void refusesAMissingFile() throws IOException {
    Files.delete(folder.resolve("card.md"));

    assertEquals("file `card.md` is missing or not a plain file", refusal());
  }

  @Test
  void refusesALinkToTheSameBytes() throws IOException {
    Path moved = Files.move(folder.resolve("card.md"), parent.resolve("card.md"));
    Files.createSymbolicLink(folder.resolve("card.md"), moved);

    assertEquals("file `card.md` is missing or not a plain file", refusal());
  }

  @Test
  void refusesAnUnsignedFolder() throws IOException {
    Files.delete(folder.resolve(SignedFolder.SIGNATURE));

    assertEquals("the package has no signature `model.sig`", refusal());
  }

  @Test
  void refusesAKeyThatNobodyTrusts() {
    TrustedKeys others = TrustedKeys.of(SigningKey.generate().publicHalf());

    String refusal = refusal(others);

    assertTrue(refusal.startsWith("`model.sig` is of a key that is not trusted"), refusal);
  }

  @Test
  void refusesASignatureThatOnlyClaimsATrustedKey() throws IOException {
    SignedFolder.sign(folder, "pack", SigningKey.generate());
    bundle(tree -> hint(tree, key.publicHalf().id()));

    assertEquals("the signature in `model.sig` does not verify", refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "_type, https://in-toto.io/Statement/v0.1",
    "predicateType, https://model_signing/Digests/v0.1",
    "method, file-shard-1000000",
    "hash_type, blake2b"
  })
  void refusesAnotherKindOfStatementThoughSigned(String field, String value) throws Exception {
    resign(
        json ->
            json.replaceFirst(
                "\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"" + value + "\""));

    assertTrue(refusal().contains(field), this::refusal);
  }

  @Test
  void refusesASubjectThatIsNotTheSumOfItsParts() throws Exception {
    resign(json -> json.replaceFirst("\"sha256\":\"[0-9a-f]{8}", "\"sha256\":\"00000000"));

    assertTrue(refusal().contains("`subject.digest`"), this::refusal);
  }

  @Test
  void refusesResourcesOutOfOrder() throws Exception {
    resign(json -> json.replace("\"name\":\"card.md\"", "\"name\":\"zzz\""));

    assertEquals("`resources` is not sorted by name", refusal());
  }

  @Test
  void refusesEveryFlippedBitOfTheSignature() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(SignedFolder.SIGNATURE));
    SplittableRandom random = new SplittableRandom(47);
    for (int i = 0; i < 400; i++) {
      byte[] flipped = whole.clone();
      int at = random.nextInt(whole.length - 1);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(folder.resolve(SignedFolder.SIGNATURE), flipped);
      try {
        SignedFolder.verify(folder, trusted);
        // What is not signed over: names of unread fields.
        assertEquals(bundleOf(whole), bundleOf(flipped), "bit at " + at);
      } catch (SignatureRefusedException refused) {
        assertTrue(!refused.getMessage().isBlank());
      }
    }
  }

  @Test
  void acceptsAnEd25519Key() throws Exception {
    SigningKey other = SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    SignedFolder.sign(folder, "pack", other);

    SignedFolder.verify(folder, TrustedKeys.of(VerificationKey.parse(other.publicHalf().pem())));
  }

  @Test
  void refusesKeysOfOtherKinds() throws Exception {
    for (String[] kind : new String[][] {{"EC", "384"}, {"RSA", "2048"}}) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind[0]);
      generator.initialize(Integer.parseInt(kind[1]));
      String pem = Pem.write("PUBLIC KEY", generator.generateKeyPair().getPublic().getEncoded());

      assertThrows(IllegalArgumentException.class, () -> VerificationKey.parse(pem));
    }
  }

  @Test
  void keepsAKeyInAFileForItsOwnerOnly() throws Exception {
    Path file = parent.resolve("keys").resolve("site.key");
    key.write(file);

    assertEquals(key.publicHalf().id(), SigningKey.read(file).publicHalf().id());
    assertThrows(IOException.class, () -> SigningKey.generate().write(file));
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
    assertThrows(IOException.class, () -> SigningKey.read(file));
  }

  @Test
  void trustsTheKeysOfAFolderAndRefusesWhatIsNone() throws Exception {
    Path keys = Files.createDirectory(parent.resolve("trust"));
    Files.writeString(keys.resolve("a.pub"), key.publicHalf().pem());
    SignedFolder.verify(folder, TrustedKeys.of().and(keys));
    Files.writeString(keys.resolve("b.pub"), "ssh-ed25519 AAAA");

    IOException refusal = assertThrows(IOException.class, () -> TrustedKeys.of().and(keys));
    assertTrue(refusal.getMessage().contains("b.pub"), refusal.getMessage());
  }

  private static String bundleOf(byte[] json) throws IOException {
    try {
      Bundle bundle = Bundle.read(json);
      Base64.Encoder base64 = Base64.getEncoder();
      return bundle.keyId()
          + base64.encodeToString(bundle.payload())
          + base64.encodeToString(bundle.signature());
    } catch (SignatureRefusedException e) {
      return e.getMessage();
    }
  }

  private void resign(UnaryOperator<String> change) throws Exception {
    Bundle old = Bundle.read(Files.readAllBytes(folder.resolve(SignedFolder.SIGNATURE)));
    String json = change.apply(new String(old.payload(), StandardCharsets.UTF_8));
    Files.write(
        folder.resolve(SignedFolder.SIGNATURE),
        Bundle.sign(json.getBytes(StandardCharsets.UTF_8), key).write());
  }

  private void bundle(UnaryOperator<ObjectNode> change) throws IOException {
    Path file = folder.resolve(SignedFolder.SIGNATURE);
    ObjectNode tree = (ObjectNode) Statement.JSON.readTree(file.toFile());
    Files.writeString(file, change.apply(tree).toString());
  }

  private static ObjectNode hint(ObjectNode tree, String id) {
    ((ObjectNode) tree.at("/verificationMaterial/publicKey")).put("hint", id);
    return tree;
  }

  private String refusal() {
    return refusal(trusted);
  }

  private String refusal(TrustedKeys keys) {
    return assertThrows(SignatureRefusedException.class, () -> SignedFolder.verify(folder, keys))
        .getMessage();
  }
}
