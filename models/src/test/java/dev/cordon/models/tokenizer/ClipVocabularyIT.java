package dev.cordon.models.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.manifest.TextTower.Kind;
import dev.cordon.models.manifest.TextTower.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * CLIP's own vocabulary against the ids that {@code testdata/make_clip_tokenizer.py} wrote. The
 * vocabulary comes from PyPI once and is then kept in {@code target}.
 */
class ClipVocabularyIT {
  private static final Path KEPT = Path.of("target/clip-vocabulary");
  private static final String WHEEL = "open_clip_torch-3.3.0-py3-none-any.whl";
  private static final String VOCABULARY = "open_clip/bpe_simple_vocab_16e6.txt.gz";
  private static final String SHA256 =
      "924691ac288e54409236115652ad4aa250f48203de50a9e4722a6ecd48d6804a";
  private static final int MERGES = 49152 - 256 - 2;

  private static TextTokenizer clip;

  @BeforeAll
  static void download() throws Exception {
    if (!Files.exists(KEPT.resolve(WHEEL))) {
      pip("download", "--quiet", "--no-deps", "--dest", KEPT.toString(), "open-clip-torch==3.3.0");
    }
    List<String> lines = vocabulary().lines().toList();
    List<String> merges = lines.subList(1, 1 + MERGES);
    Map<String, Integer> words = new LinkedHashMap<>();
    // CLIP numbers visible bytes first, as their letters do.
    List<String> letters = visibleFirst();
    letters.forEach(letter -> words.put(letter, words.size()));
    letters.forEach(letter -> words.put(letter + BytePairs.END, words.size()));
    merges.forEach(merge -> words.put(merge.replace(" ", ""), words.size()));
    words.put("<|startoftext|>", words.size());
    words.put("<|endoftext|>", words.size());
    Tokenizer rules = new Tokenizer(Kind.CLIP_BPE, List.of("vocab.json", "merges.txt"), 77, null);
    byte[] json = JsonMapper.builder().build().writeValueAsBytes(words);
    byte[] text = String.join("\n", merges).getBytes(StandardCharsets.UTF_8);
    clip = TextTokenizer.of(rules, List.of(json, text));
  }

  @Test
  void givesTheIdsOfTheReferenceForEveryText() throws Exception {
    JsonNode cases =
        JsonMapper.builder().build().readTree(Path.of("testdata/tokenizer/clip.json").toFile());
    for (JsonNode expected : cases) {
      String text = expected.get("text").asText();
      assertArrayEquals(
          ids(expected.get("ids")), clip.encode(text).ids(), () -> "of `" + text + "`");
    }
    assertTrue(cases.size() >= 200);
  }

  @Test
  void startsAndEndsWithClipsOwnTokensAndCutsAtSeventySeven() {
    long[] photo = clip.encode("a photo of a cat").ids();
    long[] cut = clip.encode("cat ".repeat(200)).ids();

    assertArrayEquals(new long[] {49406, 320, 1125, 539, 320, 2368, 49407}, photo);
    assertEquals(77, cut.length);
    assertEquals(49407, cut[76]);
  }

  private static List<String> visibleFirst() {
    return BytePairs.alphabet().chars().boxed().sorted().map(Character::toString).toList();
  }

  private static String vocabulary() throws Exception {
    try (ZipFile wheel = new ZipFile(KEPT.resolve(WHEEL).toFile());
        InputStream entry = wheel.getInputStream(wheel.getEntry(VOCABULARY))) {
      byte[] packed = entry.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(packed);
      assertEquals(SHA256, HexFormat.of().formatHex(digest));
      return new String(
          new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(),
          StandardCharsets.UTF_8);
    }
  }

  private static void pip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-m", "pip"));
    command.addAll(List.of(arguments));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    assertEquals(0, code, "python3 with pip must reach PyPI, where CLIP's vocabulary lies");
  }

  private static long[] ids(JsonNode ids) {
    return StreamSupport.stream(ids.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }
}
