package dev.cordon.audit.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A C2SP signed note: a text that ends in a newline and the signature lines under it; parsing is
 * strict and throws {@link IllegalArgumentException}.
 */
public record SignedNote(String text, List<Signature> signatures) {
  private static final String DASH = "\u2014 ";
  private static final int MAX_SIGNATURES = 128;

  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text of a note ends in a newline");
    }
    if (text.codePoints().anyMatch(SignedNote::forbidden)) {
      throw new IllegalArgumentException("the text of a note holds a control character");
    }
  }

  /** One signature line: who signed, the key id in lower-case hex, and the signature bytes. */
  public record Signature(String name, String keyId, byte[] bytes) {
    public Signature {
      KeyName.check(name);
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Signature that
          && name.equals(that.name)
          && keyId.equals(that.keyId)
          && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * keyId.hashCode() + Arrays.hashCode(bytes);
    }

    String line() {
      byte[] id = HexFormat.of().parseHex(keyId);
      byte[] payload = Arrays.copyOf(id, id.length + bytes.length);
      System.arraycopy(bytes, 0, payload, id.length, bytes.length);
      return DASH + name + " " + Base64.getEncoder().encodeToString(payload) + "\n";
    }
  }

  /** Reads a note; the split is at the last empty line, so a text may hold empty lines itself. */
  public static SignedNote parse(String note) {
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n") || split + 2 == note.length()) {
      throw new IllegalArgumentException("a note is a text, an empty line and signature lines");
    }
    String[] lines = note.substring(split + 2, note.length() - 1).split("\n", -1);
    if (lines.length > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note with more than 128 signatures is refused");
    }
    List<Signature> signatures = new ArrayList<>();
    for (String line : lines) {
      signatures.add(signature(line));
    }
    return new SignedNote(note.substring(0, split + 1), signatures);
  }

  /** The whole note as it is stored and served. */
  public String encoded() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }

  private static Signature signature(String line) {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw new IllegalArgumentException("a signature line is a dash, a key name and base64");
    }
    byte[] payload = KeyName.base64(line.substring(space + 1));
    if (payload.length < 5) {
      throw new IllegalArgumentException("a signature line is too short for a key id");
    }
    return new Signature(
        line.substring(DASH.length(), space),
        HexFormat.of().formatHex(payload, 0, 4),
        Arrays.copyOfRange(payload, 4, payload.length));
  }

  private static boolean forbidden(int c) {
    return c < 0x20 && c != '\n' || Character.getType(c) == Character.SURROGATE;
  }
}
