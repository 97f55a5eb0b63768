package dev.cordon.plugins.imagetagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageTaggingPluginTest {
  private static final List<String> TEMPLATE = List.of("a photo of a {}");

  private final ImageTaggingPlugin plugin = new ImageTaggingPlugin();

  private static FakeVisionLanguage seeing(Map<String, Double> cosines) {
    return new FakeVisionLanguage(text -> cosines.getOrDefault(text, 0.10));
  }

  private List<Finding> tag(FakeVisionLanguage model, List<String> labels) throws Exception {
    return plugin.analyse(
        model.analysis(new Question.Labels(labels, TEMPLATE), AnswerOptions.DEFAULT));
  }

  private static List<String> names(List<Finding> findings) {
    return findings.stream().map(finding -> ((Finding.Tag) finding).label()).toList();
  }

  @Test
  void putsTheLabelThatFitsFirst() throws Exception {
    var model = seeing(Map.of("a photo of a cat", 0.28, "a photo of a dog", 0.20));
    List<Finding> findings = tag(model, List.of("dog", "cat"));
    assertEquals(List.of("cat", "dog", Finding.NONE_OF_THESE), names(findings));
    assertTrue(findings.getFirst().score() > 0.99f);
  }

  @Test
  void saysNoneOfTheseWhenNoLabelFits() throws Exception {
    var model = seeing(Map.of("a photo of a cat", 0.02, "a photo of a dog", 0.03));
    assertEquals(Finding.NONE_OF_THESE, names(tag(model, List.of("dog", "cat"))).getFirst());
  }

  @Test
  void addsTheProbabilitiesOfAllBackgroundsToNoneOfThese() throws Exception {
    float score = tag(seeing(Map.of()), List.of("cat")).getFirst().score();
    int backgrounds = CompetingScores.BACKGROUNDS.size();
    assertEquals(backgrounds / (backgrounds + 1.0), score, 1e-6);
  }

  @Test
  void averagesTheCosinesOfTheTemplates() throws Exception {
    var mixed = seeing(Map.of("a cat", 0.10, "one cat", 0.20));
    var even = seeing(Map.of("a cat", 0.15, "one cat", 0.15));
    var question = new Question.Labels(List.of("cat"), List.of("a {}", "one {}"));
    assertEquals(
        plugin.analyse(even.analysis(question, AnswerOptions.DEFAULT)).getFirst().score(),
        plugin.analyse(mixed.analysis(question, AnswerOptions.DEFAULT)).getFirst().score(),
        1e-5);
  }

  @Test
  void comparesTheWholeImageOnceWithEveryTemplateOfEveryLabel() throws Exception {
    var model = seeing(Map.of());
    var question = new Question.Labels(List.of("cat", "dog"), List.of("a {}", "one {}, {}"));
    plugin.analyse(model.analysis(question, AnswerOptions.DEFAULT));
    assertEquals(1, model.asked.size());
    assertEquals(
        List.of("a cat", "one cat, cat", "a dog", "one dog, dog"),
        model.asked.peek().subList(0, 4));
    assertEquals(CompetingScores.BACKGROUNDS, model.asked.peek().subList(4, 9));
    assertEquals(List.of(FakeVisionLanguage.IMAGE.whole()), List.copyOf(model.regions));
  }

  @Test
  void doesNotExpandAGapThatComesFromALabel() throws Exception {
    var model = seeing(Map.of());
    tag(model, List.of("{} of {}"));
    assertEquals("a photo of a {} of {}", model.asked.peek().getFirst());
  }

  @Test
  void countsADuplicateLabelOnce() throws Exception {
    var model = seeing(Map.of("a photo of a cat", 0.12));
    assertEquals(
        tag(model, List.of("cat", "dog")), tag(model, List.of("cat", "dog", "cat", "dog")));
  }

  @Test
  void reportsEqualScoresInTheOrderAsked() throws Exception {
    var labels = List.of("zebra", "apple", "moon");
    assertEquals(labels, names(tag(seeing(Map.of()), labels)).subList(1, 4));
  }

  @Test
  void cutsByThresholdAndTopKWithNoneOfTheseCountedLikeTheOthers() throws Exception {
    var model = seeing(Map.of("a photo of a cat", 0.11, "a photo of a dog", 0.115));
    var question = new Question.Labels(List.of("cat", "dog"), TEMPLATE);
    var all = plugin.analyse(model.analysis(question, AnswerOptions.DEFAULT));
    var two = plugin.analyse(model.analysis(question, new AnswerOptions(2, 0f, "en")));
    assertEquals(all.subList(0, 2), two);
    float exactly = all.get(1).score();
    assertEquals(
        all.subList(0, 2),
        plugin.analyse(model.analysis(question, new AnswerOptions(9, exactly, "en"))));
    assertEquals(
        all.subList(0, 1),
        plugin.analyse(model.analysis(question, new AnswerOptions(9, Math.nextUp(exactly), "en"))));
    assertEquals(
        List.of(), plugin.analyse(model.analysis(question, new AnswerOptions(9, 1f, "en"))));
  }

  @Test
  void refusesWhatItCannotAnswer() {
    var model = seeing(Map.of());
    refuses(Kind.BAD_QUESTION, model, new Question.Text("a cat on a mat"));
    refuses(Kind.BAD_QUESTION, model, new Question.Labels(List.of("cat"), List.of("a photo")));
    refuses(
        Kind.BAD_QUESTION, model, new Question.Labels(List.of(Finding.NONE_OF_THESE), TEMPLATE));
    assertEquals(0, model.asked.size());
  }

  @Test
  void callsASimilarityThatIsNotANumberAFault() {
    var broken = new FakeVisionLanguage(text -> text.endsWith("cat") ? Double.NaN : 0.1);
    refuses(Kind.FAULT, broken, new Question.Labels(List.of("dog", "cat"), TEMPLATE));
  }

  private void refuses(Kind kind, FakeVisionLanguage model, Question question) {
    var refusal =
        assertThrows(
            PluginException.class,
            () -> plugin.analyse(model.analysis(question, AnswerOptions.DEFAULT)));
    assertEquals(kind, refusal.kind());
    assertFalse(refusal.getMessage().contains("cat"));
  }

  @Test
  void stopsWhenTheThreadIsInterruptedAndLeavesTheFlagSet() {
    var model =
        new FakeVisionLanguage(
            text -> {
              Thread.currentThread().interrupt();
              return 0.1;
            });
    List<String> labels =
        IntStream.rangeClosed(0, 3 * CompetingScores.MOST_TEXTS).mapToObj(i -> "l" + i).toList();
    var stopped = assertThrows(PluginException.class, () -> tag(model, labels));
    assertTrue(Thread.interrupted());
    assertEquals(Kind.CANCELLED, stopped.kind());
    assertEquals(1, model.asked.size());
  }

  @Test
  void answersManyThreadsAsItAnswersOne() throws Exception {
    var model = new FakeVisionLanguage(text -> (text.hashCode() & 63) / 640.0);
    List<String> labels = IntStream.range(0, 50).mapToObj(i -> "label " + i).toList();
    List<Finding> alone = tag(model, labels);
    try (var pool = Executors.newFixedThreadPool(8)) {
      Callable<List<Finding>> call = () -> tag(model, labels);
      for (var answer : pool.invokeAll(IntStream.range(0, 64).mapToObj(i -> call).toList())) {
        assertEquals(alone, answer.get());
      }
    }
  }
}
