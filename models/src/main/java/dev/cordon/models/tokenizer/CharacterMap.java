package dev.cordon.models.tokenizer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SentencePiece's precompiled character map: a double-array trie over UTF-8 bytes whose leaves name
 * replacements. Applied as Hugging Face's tokenizers do: to a short grapheme as a whole, else to
 * each of its characters. Immutable.
 */
final class CharacterMap {
  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  /** Graphemes of so many bytes or more are looked up character by character only. */
  private static final int LONG_GRAPHEME = 6;

  private final int[] units;
  private final byte[] replacements;

  private CharacterMap(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  static CharacterMap read(String base64) throws IOException {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IllegalArgumentException e) {
      throw new IOException("the precompiled character map is not base64", e);
    }
    int size = bytes.remaining() < 4 ? -1 : bytes.getInt();
    if (size < 4 || size % 4 != 0 || size > bytes.remaining()) {
      throw new IOException("the precompiled character map has no trie of its size");
    }
    int[] units = new int[size / 4];
    bytes.asIntBuffer().get(units);
    bytes.position(4 + size);
    byte[] replacements = new byte[bytes.remaining()];
    bytes.get(replacements);
    return new CharacterMap(units, replacements);
  }

  String apply(String text) {
    StringBuilder out = new StringBuilder(text.length());
    Matcher graphemes = GRAPHEME.matcher(text);
    while (graphemes.find()) {
      String grapheme = graphemes.group();
      byte[] bytes = grapheme.getBytes(StandardCharsets.UTF_8);
      String whole = bytes.length < LONG_GRAPHEME ? replacement(bytes) : null;
      if (whole != null) {
        out.append(whole);
      } else {
        grapheme.codePoints().forEach(c -> append(out, Character.toString(c)));
      }
    }
    return out.toString();
  }

  private void append(StringBuilder out, String character) {
    String mapped = replacement(character.getBytes(StandardCharsets.UTF_8));
    out.append(mapped == null ? character : mapped);
  }

  /** What the shortest prefix that the trie knows becomes; null when it knows none. */
  private String replacement(byte[] key) {
    int at = offset(units[0]);
    for (byte b : key) {
      at ^= b & 0xff;
      if (b == 0 || at >= units.length || at < 0) {
        return null;
      }
      int unit = units[at];
      if ((unit & 0x8000_00ff) != (b & 0xff)) {
        return null;
      }
      at ^= offset(unit);
      if ((unit >>> 8 & 1) == 1) {
        return at < units.length && at >= 0 ? text(units[at] & 0x7fff_ffff) : null;
      }
    }
    return null;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  private String text(int from) {
    if (from >= replacements.length) {
      return null;
    }
    int to = from;
    while (to < replacements.length && replacements[to] != 0) {
      to++;
    }
    return new String(replacements, from, to - from, StandardCharsets.UTF_8);
  }
}
