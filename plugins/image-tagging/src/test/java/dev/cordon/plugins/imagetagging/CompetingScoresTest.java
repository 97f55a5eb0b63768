package dev.cordon.plugins.imagetagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties over seeded random label sets, templates and cosines. */
class CompetingScoresTest {
  private static final Pattern OF_PEOPLE =
      Pattern.compile("person|people|man|woman|child|face|human|body|someone|name|skin|gender|age");

  private final ImageTaggingPlugin plugin = new ImageTaggingPlugin();

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  private static FakeVisionLanguage model(long seed) {
    return new FakeVisionLanguage(
        text -> 0.1 + 0.05 * new Random(seed * 31 + text.hashCode()).nextDouble());
  }

  private static Question.Labels question(long seed) {
    var random = new Random(seed);
    return new Question.Labels(
        IntStream.rangeClosed(0, random.nextInt(60)).mapToObj(i -> "label " + i).toList(),
        IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> "t" + i + " {}").toList());
  }

  private Map<String, Float> scores(FakeVisionLanguage model, Question question) throws Exception {
    Map<String, Float> scores = new HashMap<>();
    for (Finding finding : plugin.analyse(model.analysis(question, AnswerOptions.DEFAULT))) {
      scores.put(((Finding.Tag) finding).label(), finding.score());
    }
    return scores;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void probabilitiesSumToOne(long seed) throws Exception {
    double sum = 0;
    for (float score : scores(model(seed), question(seed)).values()) {
      assertTrue(score >= 0 && score <= 1);
      sum += score;
    }
    assertEquals(1, sum, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void scoresFallFromFirstToLast(long seed) throws Exception {
    float before = 1;
    for (Finding finding :
        plugin.analyse(model(seed).analysis(question(seed), AnswerOptions.DEFAULT))) {
      assertTrue(finding.score() <= before);
      before = finding.score();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfLabelsAndTemplatesDoesNotChangeAScore(long seed) throws Exception {
    var asked = question(seed);
    var labels = new ArrayList<>(asked.labels());
    var templates = new ArrayList<>(asked.templates());
    Collections.shuffle(labels, new Random(seed));
    Collections.shuffle(templates, new Random(seed));
    var straight = scores(model(seed), asked);
    var shuffled = scores(model(seed), new Question.Labels(labels, templates));
    assertEquals(straight.keySet(), shuffled.keySet());
    straight.forEach((label, score) -> assertEquals(score, shuffled.get(label), 1e-5f));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameQuestionGetsTheSameAnswer(long seed) throws Exception {
    assertEquals(
        plugin.analyse(model(seed).analysis(question(seed), AnswerOptions.DEFAULT)),
        plugin.analyse(model(seed).analysis(question(seed), AnswerOptions.DEFAULT)));
  }

  @Test
  void comparesTenThousandLabelsInChunksThatMissNothing() throws Exception {
    List<String> labels = IntStream.range(0, 10_000).mapToObj(i -> "l" + i).toList();
    var model = new FakeVisionLanguage(text -> text.endsWith(" l9999") ? 0.5 : 0.1);
    var question = new Question.Labels(labels, List.of("a {}", "b {}", "c {}"));
    assertEquals(1, scores(model, question).get("l9999"), 1e-3);
    List<String> asked = model.asked.stream().flatMap(List::stream).toList();
    assertEquals(30_000 + CompetingScores.BACKGROUNDS.size(), asked.size());
    assertEquals(asked.size(), asked.stream().distinct().count());
    for (List<String> chunk : model.asked) {
      assertTrue(chunk.size() <= CompetingScores.MOST_TEXTS);
    }
    assertEquals(4, model.asked.size());
  }

  @Test
  void theBackgroundsSayNothingOfPeople() {
    for (String background : CompetingScores.BACKGROUNDS) {
      assertFalse(OF_PEOPLE.matcher(background).find(), background);
    }
  }
}
