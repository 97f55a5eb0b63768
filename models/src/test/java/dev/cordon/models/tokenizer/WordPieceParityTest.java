package dev.cordon.models.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.manifest.TextTower.Kind;
import dev.cordon.models.manifest.TextTower.Padding;
import dev.cordon.models.manifest.TextTower.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Hugging Face's tokenizers, whose answers {@code testdata/make_tokenizer.py} wrote. */
class WordPieceParityTest {
  private static final TextTokenizer STARTER = starter(null);

  /** A text and the ids it must give. */
  record Case(String text, long[] ids) {}

  static Stream<Case> cases() throws IOException {
    JsonNode cases =
        JsonMapper.builder()
            .build()
            .readTree(Files.readAllBytes(Path.of("testdata/tokenizer/starter.json")));
    return StreamSupport.stream(cases.spliterator(), false)
        .map(c -> new Case(c.get("text").asText(), ids(c.get("ids"))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameIds(Case expected) {
    Tokens tokens = STARTER.encode(expected.text);

    assertArrayEquals(expected.ids, tokens.ids());
    assertEquals(expected.ids.length, tokens.used());
  }

  @Test
  void comparesAtLeastTwoHundredTexts() throws IOException {
    assertTrue(cases().count() >= 200);
  }

  @Test
  void padsOnlyWhenThePackageAsksForIt() {
    Tokens tokens = starter(new Padding(7)).encode("a cat");

    assertEquals(4, tokens.used());
    assertEquals(128, tokens.ids().length);
    assertTrue(Arrays.stream(tokens.ids()).skip(4).allMatch(id -> id == 7));
  }

  @Test
  void dropsHalfSurrogates() {
    assertArrayEquals(STARTER.encode("cat").ids(), STARTER.encode("c\ud83da\udc00t").ids());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/model/type",
        "/model/unk_token",
        "/model/max_input_chars_per_word",
        "/model/continuing_subword_prefix",
        "/normalizer/lowercase",
        "/normalizer/type",
        "/pre_tokenizer/type"
      })
  void refusesAFileThatLacksASetting(String pointer) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode file =
        (ObjectNode) json.readTree(Files.readAllBytes(Path.of("starter/tokenizer.json")));
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) file.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));
    Tokenizer rules = new Tokenizer(Kind.WORD_PIECE, List.of("tokenizer.json"), 128, null);
    List<byte[]> files = List.of(json.writeValueAsBytes(file));

    IOException refused = assertThrows(IOException.class, () -> TextTokenizer.of(rules, files));

    assertTrue(refused.getMessage().contains("`" + pointer + "`"), refused.getMessage());
  }

  private static TextTokenizer starter(Padding padding) {
    try {
      byte[] file = Files.readAllBytes(Path.of("starter/tokenizer.json"));
      Tokenizer rules = new Tokenizer(Kind.WORD_PIECE, List.of("tokenizer.json"), 128, padding);
      return TextTokenizer.of(rules, List.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] ids(JsonNode ids) {
    return StreamSupport.stream(ids.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }
}
