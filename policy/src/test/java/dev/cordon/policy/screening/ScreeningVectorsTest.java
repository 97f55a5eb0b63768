package dev.cordon.policy.screening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.policy.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScreeningVectorsTest {
  private static final PromptScreen SCREEN = PromptScreen.shipped();

  private static ScreenedTexts texts(Map<String, Object> vector, Transform transform) {
    return new ScreenedTexts(
        Vectors.texts(vector, "labels").stream().map(transform::apply).toList(),
        Vectors.texts(vector, "templates").stream().map(transform::apply).toList(),
        Optional.ofNullable((String) vector.get("text")).map(transform::apply));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R12")
  @Tag("R13")
  void keepsItsVerdictUnderEveryTransform(Transform transform) {
    var vectors = Vectors.read("screening-block.json");
    assertTrue(vectors.size() >= 60);
    var wrong = new ArrayList<String>();
    for (var vector : vectors) {
      var screening = SCREEN.screen(texts(vector, transform));
      var verdict = screening.verdict().name().toLowerCase(Locale.ROOT);
      if (!verdict.equals(vector.get("verdict"))
          || !screening.categories().contains(vector.get("category"))) {
        wrong.add(vector + " -> " + screening);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  @Tag("R22")
  void passesOrdinaryLabels() {
    var wrong = new ArrayList<String>();
    int count = 0;
    for (var vector : Vectors.read("screening-allow.json")) {
      var labels = Vectors.texts(vector, "labels");
      count += labels.size();
      for (var label : labels) {
        var alone = SCREEN.screen(ScreenedTexts.ofLabels(List.of(label)));
        if (alone.verdict() != Verdict.ALLOW) {
          wrong.add(label + " -> " + alone);
        }
      }
      var together =
          SCREEN.screen(new ScreenedTexts(labels, List.of("a photo of a {}"), Optional.empty()));
      if (together.verdict() != Verdict.ALLOW) {
        wrong.add(vector.get("domain") + " -> " + together);
      }
    }
    assertTrue(count >= 60);
    assertEquals(List.of(), wrong);
  }

  @Test
  @Tag("R22")
  void overBlocksAtMostTwoPercentOfLabelsItWasNotTunedOn() {
    var vectors = Vectors.read("screening-overblock.json");
    var refused =
        vectors.stream()
            .filter(
                vector -> SCREEN.screen(texts(vector, Transform.NONE)).verdict() != Verdict.ALLOW)
            .toList();
    assertTrue(refused.size() * 100 <= 2 * vectors.size(), refused::toString);
  }

  @Test
  @Tag("R12")
  void refusesThePromptsThatItsFirstVersionWasMeasuredOn() {
    var passed =
        Vectors.read("screening-recall.json").stream()
            .filter(
                vector -> SCREEN.screen(texts(vector, Transform.NONE)).verdict() == Verdict.ALLOW)
            .toList();
    assertEquals(List.of(), passed);
  }
}
