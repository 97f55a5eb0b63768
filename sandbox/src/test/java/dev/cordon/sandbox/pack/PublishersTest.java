package dev.cordon.sandbox.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishersTest {
  @TempDir private Path home;

  @Test
  void aFolderTrustsWhoeverItsFilesName() throws Exception {
    SigningKey first = SigningKey.generate();
    SigningKey second = SigningKey.generate();
    Files.writeString(home.resolve("acme.pub"), first.publicHalf().pem());
    Files.writeString(home.resolve("acme.2027.pub"), second.publicHalf().pem());
    Files.writeString(home.resolve("notes.txt"), "not a key");
    TrustedPublishers trusted = TrustedPublishers.read(home);
    assertEquals(Optional.of("acme"), trusted.publisherOf(first.publicHalf().id()));
    assertEquals(Optional.of("acme"), trusted.publisherOf(second.publicHalf().id()));
    assertEquals(Optional.empty(), trusted.publisherOf("0".repeat(64)));
    assertEquals(
        Optional.empty(),
        TrustedPublishers.read(home.resolve("none")).publisherOf(first.publicHalf().id()));
  }

  @Test
  void aFileThatIsNoKeyAndAKeyOfTwoAreErrors() throws Exception {
    SigningKey key = SigningKey.generate();
    Files.writeString(home.resolve("acme.pub"), key.publicHalf().pem());
    Files.writeString(home.resolve("globex.pub"), key.publicHalf().pem());
    assertThrows(IOException.class, () -> TrustedPublishers.read(home));
    Files.writeString(home.resolve("globex.pub"), "none");
    assertThrows(IOException.class, () -> TrustedPublishers.read(home));
    assertThrows(
        IllegalArgumentException.class,
        () -> TrustedPublishers.of(Map.of("No Name", List.of(key.publicHalf()))));
  }

  @Test
  void anotherKindOfKeyIsRefused() throws Exception {
    String pem =
        Pem.write(
            "PUBLIC KEY",
            KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded());
    assertThrows(IllegalArgumentException.class, () -> PublisherKey.parse(pem));
  }

  @Test
  void aKeySurvivesItsFileAndIsNeverOverwrittenNorShared() throws Exception {
    Path file = home.resolve("keys").resolve("acme.key");
    SigningKey key = SigningKey.generate();
    key.write(file);
    assertEquals(key.publicHalf().id(), SigningKey.read(file).publicHalf().id());
    assertThrows(IOException.class, () -> key.write(file));
    Files.writeString(
        file.resolveSibling("acme.key.pub"), SigningKey.generate().publicHalf().pem());
    assertThrows(IOException.class, () -> SigningKey.read(file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThrows(IOException.class, () -> SigningKey.read(file));
  }

  @Test
  void aFolderIsSignedAgainAndOneThatNoHostWouldTakeIsNot() throws Exception {
    TestPackage pack = TestPackage.of(TestPackage.module("trap"));
    for (Map.Entry<String, byte[]> file : pack.files().entrySet()) {
      Files.write(home.resolve(file.getKey()), file.getValue());
    }
    PackageSigner.sign(home, SigningKey.generate());
    PackageSigner.Seal seal = PackageSigner.sign(home, TestPackage.KEY);
    PluginPackage opened = PluginPackage.open(home, TestPackage.TRUSTED);
    assertEquals(seal, new PackageSigner.Seal(opened.digest(), opened.signer()));
    assertTrue(opened.files().contains("plugin.sig"));
    Files.delete(home.resolve("plugin.wasm"));
    assertThrows(PluginPackageException.class, () -> PackageSigner.sign(home, TestPackage.KEY));
  }
}
