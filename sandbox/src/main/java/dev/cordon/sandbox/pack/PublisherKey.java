package dev.cordon.sandbox.pack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;

/** A publisher's public key, Ed25519; its id is the SHA-256 of its PEM form. */
public final class PublisherKey {
  static final String ALGORITHM = "Ed25519";
  private static final String TYPE = "PUBLIC KEY";

  private final PublicKey key;
  private final String pem;

  PublisherKey(PublicKey key) {
    this.key = key;
    this.pem = Pem.write(TYPE, key.getEncoded());
  }

  /** Reads one PEM block; any other kind of key is an {@link IllegalArgumentException}. */
  public static PublisherKey parse(String pem) {
    try {
      return new PublisherKey(
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Pem.read(TYPE, pem))));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("the key is not Ed25519", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** SHA-256 of the PEM form, lower-case hex. */
  public String id() {
    return Sha256.of(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /** The PEM form. */
  public String pem() {
    return pem;
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
