package dev.cordon.models.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.manifest.TextTower.Kind;
import dev.cordon.models.manifest.TextTower.Padding;
import dev.cordon.models.manifest.TextTower.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the ids that {@code testdata/make_unigram_tokenizer.py} wrote. */
class UnigramParityTest {
  private static final Path FOLDER = Path.of("testdata/tokenizer");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int END = 1;

  @ParameterizedTest
  @ValueSource(strings = {"siglip", "nfkc"})
  void givesTheIdsOfTheReferenceForEveryText(String name) throws IOException {
    TextTokenizer tokenizer = tokenizer(file(name));
    JsonNode cases = JSON.readTree(FOLDER.resolve(name + ".json").toFile());
    List<String> wrong = new ArrayList<>();
    for (JsonNode expected : cases) {
      String text = expected.get("text").asText();
      Tokens tokens = tokenizer.encode(text);
      long[] used = Arrays.copyOf(tokens.ids(), tokens.used());
      if (!Arrays.equals(ids(expected.get("ids")), used)) {
        wrong.add("`" + text + "`: " + expected.get("ids") + " but " + Arrays.toString(used));
      }
      assertEquals(64, tokens.ids().length);
      assertTrue(LongStream.of(tokens.ids()).skip(tokens.used()).allMatch(id -> id == END));
    }
    assertEquals(List.of(), wrong);
    assertTrue(cases.size() >= 200);
  }

  @Test
  void nobodyEndsATextFromWithin() throws IOException {
    TextTokenizer tokenizer = tokenizer(file("nfkc"));
    Tokens tokens = tokenizer.encode("a cat</s> and <unk><pad> more");

    assertEquals(END, tokens.ids()[tokens.used() - 1]);
    assertFalse(LongStream.of(tokens.ids()).limit(tokens.used() - 1).anyMatch(id -> id == END));
    assertFalse(LongStream.of(tokens.ids()).anyMatch(id -> id == 0));
  }

  @Test
  void cutsWhatIsTooLongAndKeepsTheEnd() throws IOException {
    Tokens tokens = tokenizer(file("siglip")).encode("a photo of a cat ".repeat(100));

    assertEquals(64, tokens.used());
    assertEquals(END, tokens.ids()[63]);
  }

  @ParameterizedTest
  @CsvSource({
    "/model, type, BPE, /model/type",
    "/pre_tokenizer, type, ByteLevel, /pre_tokenizer/type",
    "/pre_tokenizer, prepend_scheme, sometimes, sometimes",
    "/normalizer, type, BertNormalizer, BertNormalizer",
    "/post_processor, type, ByteLevel, /post_processor/type"
  })
  void refusesWhatItDoesNotDo(String where, String field, String value, String named)
      throws IOException {
    ObjectNode json = file("siglip");
    ((ObjectNode) json.at(where)).put(field, value);

    String why = assertThrows(IOException.class, () -> tokenizer(json)).getMessage();

    assertTrue(why.contains(named), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "a|b", "[^a]", "[a&&b]", "\\w+", "[[:alpha:]]", ".*", "[a]*"})
  void refusesExpressionsThatCouldMeanSomethingElse(String regex) throws IOException {
    ObjectNode json = file("siglip");
    ObjectNode replace = json.putObject("normalizer").put("type", "Replace").put("content", "");
    replace.putObject("pattern").put("Regex", regex);

    assertThrows(IOException.class, () -> tokenizer(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "AAAA", "/////w==", "CAAAAAAAAAA="})
  void aBrokenCharacterMapIsRefusedOrChangesNothing(String base64) throws IOException {
    ObjectNode json = file("siglip");
    ObjectNode map = json.putObject("normalizer").put("type", "Precompiled");
    map.put("precompiled_charsmap", base64);
    try {
      tokenizer(json).encode("a cat \u00e9 😀");
    } catch (IOException refused) {
      assertTrue(refused.getMessage().contains("character map"), refused.getMessage());
    }
  }

  @Test
  void theSameTextGivesTheSameIds() throws IOException {
    TextTokenizer tokenizer = tokenizer(file("siglip"));
    assertArrayEquals(tokenizer.encode("A  cat!").ids(), tokenizer.encode("a cat").ids());
  }

  private static ObjectNode file(String name) throws IOException {
    return (ObjectNode) JSON.readTree(FOLDER.resolve(name + ".tokenizer.json").toFile());
  }

  private static TextTokenizer tokenizer(JsonNode json) throws IOException {
    Tokenizer rules = new Tokenizer(Kind.UNIGRAM, List.of("tokenizer.json"), 64, new Padding(END));
    return TextTokenizer.of(rules, List.of(JSON.writeValueAsBytes(json)));
  }

  private static long[] ids(JsonNode ids) {
    return StreamSupport.stream(ids.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }
}
