package dev.cordon.models.signing;

import dev.cordon.models.digest.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * A public key on P-256 (ECDSA with SHA-256) or Ed25519; its id is the SHA-256 of its PEM form, as
 * OpenSSF model signatures name keys.
 */
public final class VerificationKey {
  private static final String TYPE = "PUBLIC KEY";

  /** Order of the group of P-256; no other curve has it. */
  private static final BigInteger P256_ORDER =
      new BigInteger(
          1,
          HexFormat.of()
              .parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));

  private final PublicKey key;
  private final Algorithm algorithm;
  private final String pem;

  private VerificationKey(PublicKey key, Algorithm algorithm) {
    this.key = key;
    this.algorithm = algorithm;
    this.pem = Pem.write(TYPE, key.getEncoded());
  }

  /** The kinds of key that are accepted, with the signature each makes. */
  enum Algorithm {
    P256("EC", "SHA256withECDSA"),
    ED25519("Ed25519", "Ed25519");

    final String keys;
    final String signatures;

    Algorithm(String keys, String signatures) {
      this.keys = keys;
      this.signatures = signatures;
    }
  }

  /** Reads one PEM block; any other kind of key is refused. */
  public static VerificationKey parse(String pem) {
    byte[] der = Pem.read(TYPE, pem);
    for (Algorithm algorithm : List.of(Algorithm.P256, Algorithm.ED25519)) {
      try {
        return of(
            KeyFactory.getInstance(algorithm.keys).generatePublic(new X509EncodedKeySpec(der)));
      } catch (InvalidKeySpecException e) {
        continue;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + algorithm.keys, e);
      }
    }
    throw new IllegalArgumentException("the key is neither on P-256 nor Ed25519");
  }

  static VerificationKey of(PublicKey key) {
    if (key instanceof ECPublicKey ec) {
      if (!ec.getParams().getOrder().equals(P256_ORDER)) {
        throw new IllegalArgumentException("the key is not on P-256");
      }
      return new VerificationKey(key, Algorithm.P256);
    }
    return new VerificationKey(key, Algorithm.ED25519);
  }

  /** SHA-256 of the PEM form, lower-case hex. */
  public String id() {
    return Sha256.of(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /** The PEM form that {@link #id()} is the digest of. */
  public String pem() {
    return pem;
  }

  Algorithm algorithm() {
    return algorithm;
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance(algorithm.signatures);
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
