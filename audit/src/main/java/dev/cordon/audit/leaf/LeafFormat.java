package dev.cordon.audit.leaf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The bytes of a leaf, version 1: RFC 8785 JSON over alphabets that need no escape, so that the
 * whole format is a regular language and a reader needs no JSON parser to be strict.
 */
public final class LeafFormat {
  /** Ids, digests, names with versions; a mail address is refused although its characters fit. */
  static final Pattern REFERENCE =
      Pattern.compile(
          "(?![A-Za-z0-9._+/-]*@[A-Za-z0-9.-]*\\.[A-Za-z]{2,}(?![A-Za-z0-9]))"
              + "[A-Za-z0-9._:@/+-]{0,256}+");

  static final Pattern EFFECT = Pattern.compile("[a-z-]{0,32}");
  static final Pattern CODE = Pattern.compile("[A-Z0-9_]{0,64}");
  static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final Pattern KIND = Pattern.compile("[a-z]+(?:-[a-z]+)*");
  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  // The keys in RFC 8785 order: sorted by UTF-16 code units.
  private static final Pattern LEAF =
      Pattern.compile(
          "\\{"
              + String.join(
                  ",",
                  member("bundle", REFERENCE),
                  member("code", CODE),
                  member("commitment", DIGEST),
                  list("consents", UUID_TEXT),
                  member("effect", EFFECT),
                  named("id", UUID_TEXT),
                  member("kind", KIND),
                  member("model", REFERENCE),
                  member("plugin", REFERENCE),
                  member("route", REFERENCE),
                  list("rules", REFERENCE),
                  list("subjects", DIGEST),
                  named("tenant", REFERENCE),
                  named("time", TIME),
                  "\"v\":1")
              + "\\}");

  private LeafFormat() {}

  /** What the log's table repeats beside an entry, read back from the entry itself. */
  public record Header(UUID id, Instant time, String tenant) {}

  /** The header of a canonical leaf; empty when the bytes are not exactly the canonical form. */
  public static Optional<Header> read(byte[] entry) {
    if (entry.length > Leaf.MAX_BYTES) {
      return Optional.empty();
    }
    // INVARIANT: the grammar is ASCII without quotes and backslashes, so a match is canonical.
    Matcher match = LEAF.matcher(new String(entry, StandardCharsets.ISO_8859_1));
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      UUID id = UUID.fromString(match.group("id"));
      return Optional.of(new Header(id, Instant.parse(match.group("time")), match.group("tenant")));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  static void check(String field, Pattern alphabet, String value) {
    if (!alphabet.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "leaf field `" + field + "` holds something other than an id, digest or code");
    }
  }

  static byte[] write(Leaf leaf) {
    String json =
        "{\"v\":1"
            + string("id", leaf.id().toString())
            + string("time", time(leaf.time()))
            + string("tenant", leaf.tenant())
            + string("kind", leaf.kind().wireName())
            + string("effect", leaf.effect())
            + string("code", leaf.code())
            + strings("rules", leaf.rules())
            + string("bundle", leaf.bundle())
            + string("model", leaf.model())
            + string("plugin", leaf.plugin())
            + string("route", leaf.route())
            + strings("consents", leaf.consents())
            + strings("subjects", leaf.subjects())
            + string("commitment", HexFormat.of().formatHex(leaf.commitment().value()))
            + "}";
    try {
      byte[] canonical = new JsonCanonicalizer(json).getEncodedUTF8();
      if (canonical.length > Leaf.MAX_BYTES) {
        throw new IllegalArgumentException(
            "a leaf of " + canonical.length + " bytes exceeds " + Leaf.MAX_BYTES);
      }
      return canonical;
    } catch (IOException e) {
      throw new IllegalStateException("a leaf of checked fields was not json", e);
    }
  }

  private static String time(Instant time) {
    String text = MILLIS.format(time);
    if (!TIME.matcher(text).matches()) {
      throw new IllegalArgumentException("the time of a leaf lies outside the years 0 to 9999");
    }
    return text;
  }

  private static String string(String key, String value) {
    return ",\"" + key + "\":\"" + value + "\"";
  }

  private static String strings(String key, List<String> values) {
    return values.stream()
        .map(value -> "\"" + value + "\"")
        .collect(Collectors.joining(",", ",\"" + key + "\":[", "]"));
  }

  private static String member(String key, Pattern value) {
    return "\"" + key + "\":\"" + value + "\"";
  }

  private static String named(String key, Pattern value) {
    return "\"" + key + "\":\"(?<" + key + ">" + value + ")\"";
  }

  private static String list(String key, Pattern value) {
    String quoted = "\"" + value + "\"";
    // Possessive, so that a hostile entry with thousands of elements cannot exhaust the stack.
    return "\"" + key + "\":\\[(?:" + quoted + "(?:," + quoted + ")*+)?+\\]";
  }
}
