package dev.cordon.policy.screening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Words and phrases with their roles and categories, read once from the shipped resources. */
final class Lexicon {
  private static final List<String> FILES = List.of("lexicon.txt", "names.txt");
  private static final String MARKS = " ~!@^*=";

  private final Map<String, Entry> entries = new HashMap<>();

  /** Longest phrase by its first word, in words; only for words that begin one. */
  private final Map<String, Integer> phraseLengths = new HashMap<>();

  /** Every word that occurs in an entry, alone or in a phrase. */
  private final Set<String> vocabulary = new HashSet<>();

  /** First words and later words of question phrases that are not function words. */
  private final Set<String> phraseWords = new HashSet<>();

  private String digest = "";

  private Lexicon() {}

  static Lexicon shipped() {
    var lexicon = new Lexicon();
    var sha256 = sha256();
    for (var file : FILES) {
      var bytes = resource(file);
      for (var part : List.of(file.getBytes(StandardCharsets.UTF_8), bytes)) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        sha256.update(part);
      }
      lexicon.read(new String(bytes, StandardCharsets.UTF_8));
    }
    lexicon.digest = HexFormat.of().formatHex(sha256.digest());
    lexicon.index();
    return lexicon;
  }

  /** SHA-256 over name and bytes of every resource, each after its length, in hex. */
  String digest() {
    return digest;
  }

  Entry entry(String text) {
    return entries.getOrDefault(text, Entry.NONE);
  }

  int longestPhrase(String first) {
    return phraseLengths.getOrDefault(first, 1);
  }

  boolean knows(String word) {
    return vocabulary.contains(word);
  }

  boolean partOfPhrase(String word) {
    return phraseWords.contains(word);
  }

  private static byte[] resource(String file) {
    try (var stream = Lexicon.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("lexicon " + file + " is missing from the build");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("lexicon " + file + " cannot be read", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  private void read(String text) {
    var section = "";
    for (var line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("[")) {
        section = line.substring(1, line.indexOf(']'));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        for (var item : line.split(",")) {
          add(section, item.strip());
        }
      }
    }
  }

  private void add(String section, String item) {
    var parts = section.split(" ");
    if (parts.length == 1) {
      var role = Role.valueOf(section.toUpperCase(Locale.ROOT).replace('-', '_'));
      put(item, role, null);
      if (role == Role.PERSON || role == Role.OBJECT) {
        plurals(item).forEach(plural -> put(plural, role, null));
      }
      return;
    }
    var mark = Math.max(0, MARKS.indexOf(item.charAt(0)));
    // A third part of the section stands before each of its items: `from` before countries.
    var prefix = parts.length == 3 ? parts[2] + " " : "";
    var word = prefix + (mark == 0 ? item : item.substring(1));
    var verdict = Verdict.valueOf(parts[1].toUpperCase(Locale.ROOT));
    var sense = new Sense(parts[0], verdict, Sense.Kind.values()[mark]);
    put(word, null, sense);
    plurals(word).forEach(plural -> put(plural, null, sense));
  }

  private void put(String text, Role role, Sense sense) {
    var old = entry(text);
    var roles = EnumSet.noneOf(Role.class);
    roles.addAll(old.roles());
    var senses = new ArrayList<>(old.senses());
    if (role != null) {
      roles.add(role);
    }
    if (sense != null && !senses.contains(sense)) {
      senses.add(sense);
    }
    entries.put(text, new Entry(roles, List.copyOf(senses)));
  }

  private static List<String> plurals(String word) {
    if (word.endsWith("s") || word.endsWith("x") || word.endsWith("h")) {
      return List.of(word + "es");
    }
    return word.endsWith("y")
        ? List.of(word.substring(0, word.length() - 1) + "ies", word + "s")
        : List.of(word + "s");
  }

  private void index() {
    for (var item : entries.entrySet()) {
      var words = item.getKey().split(" ");
      vocabulary.addAll(List.of(words));
      if (words.length > 1) {
        phraseLengths.merge(words[0], words.length, Math::max);
        if (!item.getValue().senses().isEmpty()) {
          phraseWords.addAll(List.of(words));
        }
      }
    }
    phraseWords.removeIf(
        word -> {
          var entry = entry(word);
          return entry.is(Role.ARTICLE) || entry.is(Role.BREAK) || entry.is(Role.WEAR);
        });
  }
}
