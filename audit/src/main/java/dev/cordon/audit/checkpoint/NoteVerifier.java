package dev.cordon.audit.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Verifies signed notes under one Ed25519 verifier key (vkey); keys it does not know are ignored, a
 * signature that names its key and does not verify rejects the note.
 */
public final class NoteVerifier {
  // DER of a SubjectPublicKeyInfo with id-Ed25519, up to the 32 key bytes (RFC 8410 section 4).
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte[] typedKey;
  private final PublicKey key;

  NoteVerifier(String name, byte[] typedKey) {
    this.name = KeyName.check(name);
    this.typedKey = typedKey.clone();
    if (typedKey.length != 33 || typedKey[0] != KeyName.ED25519) {
      throw new IllegalArgumentException("verifier key of `" + name + "` is no ed25519 key");
    }
    byte[] der = Arrays.copyOf(SPKI, SPKI.length + 32);
    System.arraycopy(typedKey, 1, der, SPKI.length, 32);
    try {
      key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("verifier key of `" + name + "` is no curve point", e);
    }
  }

  /** Reads {@code name+keyid+base64(type || key)}; anything else is an illegal argument. */
  public static NoteVerifier fromVkey(String vkey) {
    String[] parts = vkey.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a verifier key is a name, a key id and base64");
    }
    NoteVerifier verifier = new NoteVerifier(parts[0], KeyName.base64(parts[2]));
    if (!verifier.keyId().equals(parts[1])) {
      throw new IllegalArgumentException("the key id of `" + parts[0] + "` does not fit its key");
    }
    return verifier;
  }

  /** The key name, which for a log is its origin. */
  public String name() {
    return name;
  }

  /** The key id in lower-case hex. */
  public String keyId() {
    return KeyName.id(name, typedKey);
  }

  /** The key as one line, as {@link #fromVkey} reads it. */
  public String vkey() {
    return name + "+" + keyId() + "+" + Base64.getEncoder().encodeToString(typedKey);
  }

  /** True when at least one signature is by this key and every one that names it verifies. */
  public boolean verifies(SignedNote note) {
    String id = keyId();
    boolean signed = false;
    for (SignedNote.Signature signature : note.signatures()) {
      if (signature.name().equals(name) && signature.keyId().equals(id)) {
        if (!verifies(note.text(), signature.bytes())) {
          return false;
        }
        signed = true;
      }
    }
    return signed;
  }

  private boolean verifies(String text, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(text.getBytes(StandardCharsets.UTF_8));
      return ed25519.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
