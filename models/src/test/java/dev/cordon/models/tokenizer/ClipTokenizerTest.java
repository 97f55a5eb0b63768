package dev.cordon.models.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.manifest.TextTower.Kind;
import dev.cordon.models.manifest.TextTower.Padding;
import dev.cordon.models.manifest.TextTower.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a vocabulary made here: all bytes, and the merges below in this order. */
class ClipTokenizerTest {
  private static final List<String> MERGES =
      List.of("a t</w>", "c at</w>", "t h", "th e</w>", "' s</w>", "Ã ©", "c a", "a a");
  private static final Map<String, Integer> VOCABULARY = vocabulary();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "cat ; cat</w>",
        "The CAT ; the</w> cat</w>",
        "the   cat's ; the</w> cat</w> 's</w>",
        "then ; th e n</w>",
        "cab ; ca b</w>",
        "at42 ; at</w> 4</w> 2</w>",
        "cat!? ; cat</w> ! ?</w>",
        "café ; ca f Ã ©</w>",
        "éa ; Ã© a</w>",
        "<|endoftext|> ; < |</w> e n d o f t e x t</w> | ></w>",
        "'' ; ' '</w>",
      })
  void joinsPairsInTheOrderTheyWereLearned(String text, String symbols) throws IOException {
    assertArrayEquals(framed(symbols), tokenizer(null).encode(text).ids());
  }

  @Test
  void treatsAnySpaceAsOneAndComposesAccents() throws IOException {
    long[] expected = framed("the</w> Ã ©</w>");

    assertArrayEquals(expected, tokenizer(null).encode("\u3000the\t\n\u00a0e\u0301 ").ids());
  }

  @Test
  void keepsTheEndWhenATextIsTooLong() throws IOException {
    Tokens tokens = tokenizer(null).encode("cat ".repeat(200));

    assertEquals(77, tokens.ids().length);
    assertEquals(id("<|endoftext|>"), tokens.ids()[76]);
    assertEquals(id("cat</w>"), tokens.ids()[75]);
  }

  @Test
  void fillsUpWithThePackagesPadding() throws IOException {
    Tokens tokens = tokenizer(new Padding(0)).encode("");

    assertEquals(2, tokens.used());
    assertEquals(77, tokens.ids().length);
    assertTrue(Arrays.stream(tokens.ids()).skip(2).allMatch(id -> id == 0));
  }

  @Test
  void readsOneFileOrTwoAlike() throws IOException {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    ObjectNode model = json.putObject("model").put("type", "BPE").put("end_of_word_suffix", "</w>");
    VOCABULARY.forEach(model.putObject("vocab")::put);
    ArrayNode merges = model.putArray("merges");
    for (String merge : MERGES) {
      Arrays.stream(merge.split(" ")).forEach(merges.addArray()::add);
    }
    Tokenizer rules = new Tokenizer(Kind.CLIP_BPE, List.of("tokenizer.json"), 77, null);

    TextTokenizer one = TextTokenizer.of(rules, List.of(bytes(json.toString())));

    String text = "The cat's café 🐈";
    assertArrayEquals(tokenizer(null).encode(text).ids(), one.encode(text).ids());
  }

  @Test
  void refusesAMergeThatTheVocabularyLacks() {
    Tokenizer rules = new Tokenizer(Kind.CLIP_BPE, List.of("v", "m"), 77, null);
    List<byte[]> files = List.of(bytes(json(VOCABULARY)), bytes("q q\n"));

    IOException refused = assertThrows(IOException.class, () -> TextTokenizer.of(rules, files));

    assertEquals("the vocabulary lacks `qq`", refused.getMessage());
  }

  /** The plain algorithm: join the best pair, start again. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheQuadraticAlgorithm(long seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    List<String> symbols = new ArrayList<>(List.of("a", "b", "a</w>", "b</w>"));
    List<String[]> merges = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String left = symbols.get(random.nextInt(symbols.size()));
      String right = symbols.get(random.nextInt(symbols.size()));
      if (!left.endsWith("</w>") && !symbols.contains(left + right)) {
        symbols.add(left + right);
        merges.add(new String[] {left, right});
      }
    }
    Map<String, Integer> ids = vocabulary();
    symbols.forEach(s -> ids.putIfAbsent(s, ids.size()));
    BytePairs pairs = BytePairs.of(ids, merges);
    for (int i = 0; i < 200; i++) {
      StringBuilder word = new StringBuilder();
      random.ints(random.nextInt(1, 30), 0, 2).forEach(c -> word.append("ab".charAt(c)));

      int[] actual = pairs.encode(bytes(word.toString()));

      assertArrayEquals(plain(word.toString(), merges, ids), actual, word::toString);
    }
  }

  private static int[] plain(String word, List<String[]> merges, Map<String, Integer> ids) {
    List<String> parts = new ArrayList<>(List.of(word.split("")));
    parts.set(parts.size() - 1, parts.getLast() + "</w>");
    for (int rank = 0; rank < merges.size(); rank++) {
      String[] merge = merges.get(rank);
      for (int i = 0; i + 1 < parts.size(); i++) {
        if (parts.get(i).equals(merge[0]) && parts.get(i + 1).equals(merge[1])) {
          parts.set(i, merge[0] + merge[1]);
          parts.remove(i + 1);
          rank = -1;
          break;
        }
      }
    }
    return parts.stream().mapToInt(ids::get).toArray();
  }

  private static TextTokenizer tokenizer(Padding padding) throws IOException {
    Tokenizer rules =
        new Tokenizer(Kind.CLIP_BPE, List.of("vocab.json", "merges.txt"), 77, padding);
    String merges = "#version: 0.2\n" + String.join("\n", MERGES) + "\n";
    return TextTokenizer.of(rules, List.of(bytes(json(VOCABULARY)), bytes(merges)));
  }

  private static Map<String, Integer> vocabulary() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (String end : List.of("", "</w>")) {
      for (String symbol : BytePairs.alphabet().split("")) {
        ids.put(symbol + end, ids.size());
      }
    }
    MERGES.forEach(merge -> ids.put(merge.replace(" ", ""), ids.size()));
    ids.put("<|startoftext|>", ids.size());
    ids.put("<|endoftext|>", ids.size());
    return ids;
  }

  private static long[] framed(String symbols) {
    String all = "<|startoftext|> " + symbols + " <|endoftext|>";
    return Arrays.stream(all.split(" ")).mapToLong(ClipTokenizerTest::id).toArray();
  }

  private static long id(String symbol) {
    return VOCABULARY.get(symbol);
  }

  private static String json(Map<String, Integer> vocabulary) {
    return JsonMapper.builder().build().valueToTree(vocabulary).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
