package dev.cordon.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.Finding.SegmentationPrompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsTest {
  private static void refused(Executable construction) {
    assertThrows(IllegalArgumentException.class, construction);
  }

  @ParameterizedTest
  @CsvSource({"-1,0,1,1", "0,-1,1,1", "0,0,0,1", "0,0,1,0", "0,0,-1,1"})
  void aRegionWithoutPixelsOrBeforeTheOriginIsRefused(int x, int y, int width, int height) {
    refused(() -> new Region(x, y, width, height));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,10,5,true",
    "9,4,1,1,true",
    "1,0,10,5,false",
    "0,1,10,5,false",
    "0,0,11,5,false",
    "2147483647,0,2147483647,1,false",
    "0,2147483647,1,2147483647,false"
  })
  void aRegionKnowsWhetherItIsInsideEvenWhereSumsOverflow(
      int x, int y, int width, int height, boolean inside) {
    assertEquals(inside, new Region(x, y, width, height).isInside(new ImageGeometry(10, 5)));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,0", "-3,4"})
  void anImageWithoutPixelsIsRefused(int width, int height) {
    refused(() -> new ImageGeometry(width, height));
  }

  @Test
  void theWholeImageIsInsideItselfAndOnlyJust() {
    var image = new ImageGeometry(7, 3);
    assertEquals(new Region(0, 0, 7, 3), image.whole());
    assertTrue(image.whole().isInside(image));
    assertFalse(image.whole().isInside(new ImageGeometry(6, 3)));
  }

  @ParameterizedTest
  @CsvSource({"0,0.5", "-1,0.5", "1,-0.01", "1,1.01", "1,NaN", "1,Infinity"})
  void optionsOutsideTheirRangesAreRefused(int topK, float threshold) {
    refused(() -> new AnswerOptions(topK, threshold, "en"));
  }

  @ParameterizedTest
  @CsvSource({"1,0", "1,1", "2147483647,0.5"})
  void optionsAtTheEdgesAreAccepted(int topK, float threshold) {
    assertEquals(threshold, new AnswerOptions(topK, threshold, "en").threshold());
  }

  @Test
  void aQuestionNeedsLabelsAndTemplates() {
    refused(() -> new Question.Labels(List.of(), List.of("{}")));
    refused(() -> new Question.Labels(List.of("cat"), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"2,2,3", "2,2,5", "1,1,0", "0,0,0", "-1,-1,1", "65536,65536,0"})
  void aMaskHasOneLogitForEachCell(int width, int height, int logits) {
    refused(() -> new LowResolutionMask(width, height, new float[logits]));
  }

  @Test
  void aMaskIsReadByRowAndColumnAndEqualByItsLogits() {
    var mask = new LowResolutionMask(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    assertEquals(3, mask.logit(0, 2));
    assertEquals(4, mask.logit(1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> mask.logit(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> mask.logit(2, 0));
    assertEquals(new LowResolutionMask(3, 2, new float[] {1, 2, 3, 4, 5, 6}), mask);
    assertNotEquals(new LowResolutionMask(2, 3, new float[] {1, 2, 3, 4, 5, 6}), mask);
    assertNotEquals(new LowResolutionMask(3, 2, new float[] {1, 2, 3, 4, 5, 7}), mask);
  }

  @Test
  void whatIsPutIntoARecordIsCopied() {
    var labels = new ArrayList<>(List.of("cat"));
    var settings = new HashMap<>(Map.of("a", "b"));
    var permissions = new HashSet<>(Set.of(Permission.PIXELS));
    float[] logits = {1};
    var points = new ArrayList<>(List.of(new Finding.PromptPoint(1, 2, true)));
    var question = new Question.Labels(labels, labels);
    var given = new PluginSettings(settings);
    var descriptor = new PluginDescriptor("a", "1", "1.0", "a", permissions);
    var mask = new LowResolutionMask(1, 1, logits);
    var prompt = new SegmentationPrompt("cat", 1f, points, new Region(0, 0, 1, 1), mask);
    List.of(labels, settings.keySet(), permissions, points).forEach(c -> c.clear());
    logits[0] = 2;
    assertEquals(List.of("cat"), question.labels());
    assertEquals(List.of("cat"), question.templates());
    assertEquals(Map.of("a", "b"), given.values());
    assertEquals(Set.of(Permission.PIXELS), descriptor.permissions());
    assertEquals(1, mask.logit(0, 0));
    assertEquals(1, prompt.points().size());
  }

  @Test
  void anExceptionKeepsItsKindAndCause() {
    var cause = new IllegalStateException("x");
    var exception = new PluginException(PluginException.Kind.FAULT, "broken", cause);
    assertEquals(PluginException.Kind.FAULT, exception.kind());
    assertEquals(cause, exception.getCause());
  }
}
