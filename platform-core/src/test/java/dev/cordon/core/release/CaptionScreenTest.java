package dev.cordon.core.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.catalog.BuiltInPlugins;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.policy.screening.Verdict;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.AnswerOptions.Mode;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Permission;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.conformance.SimulatedAnalysis;
import dev.cordon.spi.conformance.SimulatedModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the shipped plugin asks and says by itself passes the host's screen. */
class CaptionScreenTest {
  private static final ImageGeometry IMAGE = new ImageGeometry(64, 64);

  private final PromptScreen screen = PromptScreen.shipped();
  private final VisionPlugin plugin =
      new BuiltInPlugins().lend("image-tagging").orElseThrow().plugin();

  @ParameterizedTest
  @ValueSource(strings = {"de", "en", "es", "fr"})
  @Tag("R15")
  void everyCaptionAndEveryTextBehindItPassesTheScreen(String language) throws Exception {
    SimulatedModel once = new SimulatedModel(IMAGE, (region, text) -> 0.1);
    caption(once, language);
    Set<String> asked = new LinkedHashSet<>(once.texts());
    assertTrue(asked.size() > 51, asked::toString);
    for (String favourite : asked) {
      passes(favourite);
      if (favourite.startsWith("a photo of a ")) {
        SimulatedModel model =
            new SimulatedModel(IMAGE, (region, text) -> text.equals(favourite) ? 0.9 : 0);
        Finding finding = caption(model, language);
        passes(
            switch (finding) {
              case Finding.Caption caption -> caption.text();
              // A favourite scene alone names no thing.
              default -> assertInstanceOf(Finding.Tag.class, finding).label();
            });
      }
    }
  }

  private Finding caption(SimulatedModel model, String language) throws Exception {
    var options = new AnswerOptions(1, 0f, language, Mode.CAPTION, Map.of());
    return plugin
        .analyse(
            new SimulatedAnalysis(
                new Question.Open(), options, IMAGE, model, Set.of(Permission.SIMILARITIES)))
        .getFirst();
  }

  private void passes(String text) {
    var texts = new ScreenedTexts(List.of(text), List.of("{}"), Optional.empty());
    assertEquals(Verdict.ALLOW, screen.screen(texts).verdict(), text);
  }
}
