package dev.cordon.sandbox.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;

/**
 * A publisher's private key, Ed25519. On disk it is PKCS #8 PEM, readable by its owner only, with
 * the public half beside it in {@code FILE.pub}.
 */
public final class SigningKey {
  private static final String TYPE = "PRIVATE KEY";

  private final PrivateKey key;
  private final PublisherKey half;

  private SigningKey(PrivateKey key, PublisherKey half) {
    this.key = key;
    this.half = half;
  }

  /** A fresh key. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(PublisherKey.ALGORITHM).generateKeyPair();
      return new SigningKey(pair.getPrivate(), new PublisherKey(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** Reads both halves; refuses a private one that others may read, or halves of two keys. */
  public static SigningKey read(Path file) throws IOException {
    refuseOthers(file);
    try {
      PublisherKey half = PublisherKey.parse(Files.readString(publicHalf(file)));
      PrivateKey key =
          KeyFactory.getInstance(PublisherKey.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(TYPE, Files.readString(file))));
      SigningKey pair = new SigningKey(key, half);
      byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
      if (!half.verifies(probe, pair.sign(probe))) {
        throw new IOException("`" + file + "` and its public half are not of one key");
      }
      return pair;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("`" + file + "` is not an Ed25519 key", e);
    }
  }

  /** Writes both halves; a file that exists is never overwritten. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, Pem.write(TYPE, key.getEncoded()));
    Files.writeString(publicHalf(file), half.pem(), StandardOpenOption.CREATE_NEW);
  }

  /** The half that may be given away. */
  public PublisherKey publicHalf() {
    return half;
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(PublisherKey.ALGORITHM);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this key cannot sign", e);
    }
  }

  private static Path publicHalf(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  private static void refuseOthers(Path file) throws IOException {
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
    open.removeAll(PosixFilePermissions.fromString("rwx------"));
    if (!open.isEmpty()) {
      throw new IOException("`" + file + "` may be read by others; set its mode to 0600");
    }
  }
}
