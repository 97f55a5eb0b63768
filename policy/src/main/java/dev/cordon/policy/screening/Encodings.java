package dev.cordon.policy.screening;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Undoes HTML entities, backslash escapes, URL, hexadecimal and base64 encoding, once. */
final class Encodings {
  private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
  private static final Pattern PACKED =
      Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{4,}={0,2}");
  private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}){3,}");

  private static final int MIN_FOREIGN_BYTES = 12;

  private Encodings() {}

  /** The text with everything decoded that decodes to words, if anything does. */
  static Optional<String> decoded(String text) {
    var plain = Escapes.plain(text);
    plain = PERCENT.matcher(plain).replaceAll(Encodings::percent);
    plain = PACKED.matcher(plain.equals(text) ? text : plain).replaceAll(Encodings::packed);
    return plain.equals(text) ? Optional.empty() : Optional.of(plain);
  }

  private static String percent(MatchResult match) {
    var bytes = HexFormat.of().parseHex(match.group().replace("%", ""));
    return quoted(words(bytes).orElse(match.group()));
  }

  private static String packed(MatchResult match) {
    var token = match.group();
    if (HEX.matcher(token).matches()) {
      var hex = words(HexFormat.of().parseHex(token));
      if (hex.isPresent()) {
        return quoted(hex.get());
      }
    }
    if (token.replace("=", "").length() % 4 == 1) {
      return quoted(token); // No base64 has this length.
    }
    try {
      var standard = token.replace('-', '+').replace('_', '/');
      return quoted(words(Base64.getDecoder().decode(standard)).orElse(token));
    } catch (IllegalArgumentException e) {
      return quoted(token);
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte one : bytes) {
      if (one < ' ' || one > '~') {
        return false;
      }
    }
    return true;
  }

  private static String quoted(String replacement) {
    return java.util.regex.Matcher.quoteReplacement(replacement);
  }

  private static Optional<String> words(byte[] bytes) {
    // Short words such as `female` happen to decode to a few foreign letters: not an encoding.
    if (bytes.length == 0 || (bytes.length < MIN_FOREIGN_BYTES && !isAscii(bytes))) {
      return Optional.empty();
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.codePoints().noneMatch(Character::isISOControl)
          ? Optional.of(text)
          : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
