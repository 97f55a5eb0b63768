package dev.cordon.plugins.imagetagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.AnswerOptions.Mode;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels judged alone, broader labels, sentences, and images too poor to say much. */
class ModesTest {
  private static final Question ANIMALS =
      new Question.Labels(List.of("cat", "dog", "cup"), List.of("{}"));
  private static final Map<String, String> KINDS =
      Map.of("cat", "pet", "dog", "pet", "pet", "animal");
  private static final ImageQuality GOOD = new ImageQuality(0.5, 0.2, 0.01);

  private final ImageTaggingPlugin plugin = new ImageTaggingPlugin();

  private List<Finding> ask(
      Map<String, Double> cosines, Question question, AnswerOptions options, ImageQuality quality)
      throws PluginException {
    FakeVisionLanguage model = new FakeVisionLanguage(text -> cosines.getOrDefault(text, -0.2));
    return plugin.analyse(model.analysis(question, options, quality));
  }

  private static AnswerOptions options(Mode mode, String language, Map<String, String> parents) {
    return new AnswerOptions(Integer.MAX_VALUE, 0f, language, mode, parents);
  }

  private static Map<String, Float> scores(List<Finding> findings) {
    Map<String, Float> scores = new LinkedHashMap<>();
    findings.forEach(finding -> scores.put(((Finding.Tag) finding).label(), finding.score()));
    return scores;
  }

  @Test
  void judgesEachLabelAloneWhereLabelsDoNotCompete() throws Exception {
    var scores =
        scores(
            ask(
                Map.of("cat", 0.2, "dog", 0.2),
                ANIMALS,
                options(Mode.MULTI_LABEL, "en", Map.of()),
                GOOD));
    assertTrue(scores.get("cat") > 0.99f && scores.get("dog") > 0.99f, scores::toString);
    assertTrue(scores.get("cup") < 0.01f, scores::toString);
    assertEquals(1, scores.get("cat") + scores.get(Finding.NONE_OF_THESE), 1e-5);
  }

  @Test
  void addsUpCompetingLabelsInTheirBroaderOnes() throws Exception {
    var scores =
        scores(
            ask(
                Map.of("cat", 0.10, "dog", 0.10),
                ANIMALS,
                options(Mode.SINGLE_LABEL, "en", KINDS),
                GOOD));
    assertEquals(scores.get("cat") + scores.get("dog"), scores.get("pet"), 1e-6);
    assertEquals(scores.get("pet"), scores.get("animal"), 1e-6);
    assertEquals(6, scores.size());
  }

  @Test
  void takesTheGreatestWhereLabelsDoNotCompete() throws Exception {
    var scores =
        scores(
            ask(
                Map.of("cat", 0.01, "dog", 0.02),
                ANIMALS,
                options(Mode.MULTI_LABEL, "en", KINDS),
                GOOD));
    assertEquals(scores.get("dog"), scores.get("animal"));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.001", "0.001, 0.1", "0.999, 0.1"})
  void isUncertainAboutAPoorImage(double brightness, double contrast) throws Exception {
    var poor = new ImageQuality(brightness, contrast, 0);
    var tags = ask(Map.of("cat", 0.3), ANIMALS, options(Mode.SINGLE_LABEL, "en", Map.of()), poor);
    assertEquals(Finding.UNCERTAIN, ((Finding.Tag) tags.getFirst()).label());
    double sum = tags.stream().mapToDouble(Finding::score).sum();
    assertEquals(1, sum, 1e-5);
    var caption = ask(Map.of(), new Question.Open(), options(Mode.CAPTION, "en", Map.of()), poor);
    assertEquals(Finding.UNCERTAIN, ((Finding.Tag) caption.getFirst()).label());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | A photo that likely shows a cat, probably at a beach.",
        "de-AT | Ein Foto, das wahrscheinlich Folgendes zeigt: eine Katze, vermutlich an einem Strand.",
        "fr | Une photo qui montre probablement un chat, sans doute sur une plage.",
        "es | Una foto que probablemente muestra un gato, seguramente en una playa."
      })
  void writesASentenceInTheLanguageAsked(String language, String expected) throws Exception {
    var seen = Map.of("a photo of a cat", 0.3, "a photo of a beach", 0.3, "a beach", 0.3);
    var findings = ask(seen, new Question.Open(), options(Mode.CAPTION, language, Map.of()), GOOD);
    var caption = assertInstanceOf(Finding.Caption.class, findings.getFirst());
    assertEquals(expected, caption.text());
    assertEquals(language.substring(0, 2), caption.language());
  }

  @Test
  void soundsLessSureOfWhatIsLessProbable() throws Exception {
    var seen = Map.of("cat", 0.1, "dog", 0.1, "cup", 0.1);
    var findings =
        ask(seen, ANIMALS, options(Mode.CAPTION, "en", Map.of()), new ImageQuality(0.1, 0.05, 0));
    assertEquals(
        "A photo that perhaps shows a cat, a dog and a cup. It is dark. It has little contrast.",
        ((Finding.Caption) findings.getFirst()).text());
  }

  @Test
  void saysThatItIsUncertainWhereNothingIsProbable() throws Exception {
    var unknown = Map.of("a photo", 0.4);
    var findings = ask(unknown, ANIMALS, options(Mode.CAPTION, "en", Map.of()), GOOD);
    assertEquals(Finding.UNCERTAIN, ((Finding.Tag) findings.getFirst()).label());
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "en", "es", "fr"})
  void everyLanguageHasAWordForEverythingThatCaptionsKnow(String language) throws Exception {
    CaptionWords words = CaptionWords.in(language);
    assertEquals(51, words.objects().size());
    assertEquals(10, words.scenes().size());
    assertEquals(8, words.phrases().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xx", "zh", "pt-BR"})
  void refusesALanguageItDoesNotWrite(String language) {
    var refusal =
        assertThrows(
            PluginException.class,
            () ->
                ask(
                    Map.of(),
                    new Question.Open(),
                    options(Mode.CAPTION, language, Map.of()),
                    GOOD));
    assertEquals(Kind.BAD_QUESTION, refusal.kind());
    assertTrue(refusal.getMessage().contains("en, de, fr, es"));
  }

  @Test
  void anOpenQuestionIsAnsweredWithASentenceOnly() {
    var options = options(Mode.SINGLE_LABEL, "en", Map.of());
    var refusal =
        assertThrows(
            PluginException.class, () -> ask(Map.of(), new Question.Open(), options, GOOD));
    assertEquals(Kind.BAD_QUESTION, refusal.kind());
  }

  @Test
  void theReservedLabelsCannotBeBroaderOnesEither() {
    var options = options(Mode.SINGLE_LABEL, "en", Map.of("cat", Finding.UNCERTAIN));
    assertThrows(PluginException.class, () -> ask(Map.of(), ANIMALS, options, GOOD));
  }
}
