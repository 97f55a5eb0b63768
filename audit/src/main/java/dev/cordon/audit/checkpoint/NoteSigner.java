package dev.cordon.audit.checkpoint;

import dev.cordon.audit.keyfile.KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Signs notes with one Ed25519 key whose name is the log's origin; the same text always gets the
 * same bytes, and the seed never leaves this class. Thread-safe.
 */
public final class NoteSigner {
  private static final String HEADER = "PRIVATE+KEY+";

  private final PrivateKey key;
  private final NoteVerifier verifier;

  private NoteSigner(String origin, byte[] seed) {
    try {
      key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime lacks ed25519", e);
    }
    verifier = new NoteVerifier(origin, publicKey(seed));
    // INVARIANT: the public key belongs to the seed; the way it is derived rests on the runtime.
    if (!verifier.verifies(sign("self-check\n"))) {
      throw new IllegalStateException("the key of `" + origin + "` does not verify itself");
    }
  }

  /** A signer over a 32-byte seed, for keys kept elsewhere than in a file. */
  public static NoteSigner fromSeed(byte[] seed, String origin) {
    if (seed.length != 32) {
      throw new IllegalArgumentException("an ed25519 seed has 32 bytes");
    }
    return new NoteSigner(KeyName.check(origin), seed);
  }

  /**
   * Reads the key file, which holds {@code PRIVATE+KEY+name+keyid+base64(type || seed)}, or creates
   * it atomically with mode 0600 when it is absent; refuses a file of another origin and one that
   * others may read.
   */
  public static NoteSigner fromKeyFile(Path file, String origin) throws IOException {
    KeyName.check(origin);
    String line = KeyFile.readOrCreate(file, () -> newKeyLine(origin));
    try {
      return fromKeyLine(line, origin);
    } catch (IllegalArgumentException e) {
      throw new IOException("key file `" + file + "` " + e.getMessage(), e);
    }
  }

  /** The name under which this key signs. */
  public String origin() {
    return verifier.name();
  }

  /** The verifier key as one line. */
  public String vkey() {
    return verifier.vkey();
  }

  /** What verifies this signer's notes. */
  public NoteVerifier verifier() {
    return verifier;
  }

  /** Signs a text that ends in a newline. */
  public SignedNote sign(String text) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(key);
      ed25519.update(text.getBytes(StandardCharsets.UTF_8));
      return new SignedNote(
          text,
          List.of(new SignedNote.Signature(verifier.name(), verifier.keyId(), ed25519.sign())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of `" + verifier.name() + "` cannot sign", e);
    }
  }

  private static NoteSigner fromKeyLine(String line, String origin) {
    String[] parts = line.split("\\+", 5);
    if (!line.startsWith(HEADER) || parts.length != 5) {
      throw new IllegalArgumentException("does not hold a signing key");
    }
    if (!parts[2].equals(origin)) {
      throw new IllegalArgumentException("is of origin `" + parts[2] + "`, not `" + origin + "`");
    }
    byte[] typedSeed = KeyName.base64(parts[4]);
    if (typedSeed.length != 33 || typedSeed[0] != KeyName.ED25519) {
      throw new IllegalArgumentException("does not hold an ed25519 key");
    }
    NoteSigner signer = fromSeed(Arrays.copyOfRange(typedSeed, 1, 33), origin);
    if (!signer.verifier.keyId().equals(parts[3])) {
      throw new IllegalArgumentException("has a key id that does not fit its key");
    }
    return signer;
  }

  private static String newKeyLine(String origin) {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    NoteSigner signer = fromSeed(seed, origin);
    return HEADER
        + origin
        + "+"
        + signer.verifier.keyId()
        + "+"
        + Base64.getEncoder().encodeToString(typed(seed));
  }

  private static byte[] typed(byte[] key) {
    byte[] typed = new byte[33];
    typed[0] = KeyName.ED25519;
    System.arraycopy(key, 0, typed, 1, 32);
    return typed;
  }

  // The JDK derives a public key only while generating a pair, so it is handed the seed as its
  // randomness; the constructor proves that the pair fits.
  private static byte[] publicKey(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new FixedSeed(seed));
      byte[] der = generator.generateKeyPair().getPublic().getEncoded();
      return typed(Arrays.copyOfRange(der, der.length - 32, der.length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this runtime lacks ed25519", e);
    }
  }

  private static final class FixedSeed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    FixedSeed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
