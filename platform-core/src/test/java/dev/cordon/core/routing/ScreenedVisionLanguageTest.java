package dev.cordon.core.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.policy.screening.ScreenedTexts;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No plugin can ask what its caller may not. */
class ScreenedVisionLanguageTest {
  private static final Region WHOLE = new Region(0, 0, 10, 10);

  private final Recorder model = new Recorder();
  private final VisionLanguage screened =
      new ScreenedVisionLanguage(
          model,
          PromptScreen.shipped(),
          new ScreenedTexts(List.of("cat"), List.of("a photo of a {}"), Optional.empty()));

  @Test
  void passesWhatWasAdmittedAndWhatIsNeutral() throws PluginException {
    screened.compare(List.of(WHOLE), List.of("a photo of a cat", "a photo of something"));
    assertEquals(List.of("a photo of a cat", "a photo of something"), model.asked);
  }

  @Test
  @Tag("R14")
  void refusesABiometricTextOfAPluginBeforeTheModelSeesIt() {
    for (String text : List.of("a photo of an angry man", "the face of a Muslim woman")) {
      PluginException compare =
          assertThrows(
              PluginException.class,
              () -> screened.compare(List.of(WHOLE), List.of("a photo of a cat", text)));
      assertEquals(PluginException.Kind.NOT_PERMITTED, compare.kind());
      assertThrows(PluginException.class, () -> screened.map(List.of(text)));
    }
    assertEquals(List.of(), model.asked);
  }

  @Test
  @Tag("R13")
  void refusesTextsThatCompeteOnlyAsASet() throws PluginException {
    assertThrows(
        PluginException.class,
        () -> screened.compare(List.of(WHOLE), List.of("Christian", "Muslim")));
    screened.compare(List.of(WHOLE), List.of("a photo", "a plain background", "a texture"));
  }

  private static final class Recorder implements VisionLanguage {
    private final List<String> asked = new ArrayList<>();

    @Override
    public ModelInfo info() {
      return new ModelInfo(Set.of("en"), true);
    }

    @Override
    public Similarities compare(List<Region> regions, List<String> texts) {
      asked.addAll(texts);
      return null;
    }

    @Override
    public SimilarityMap map(List<String> texts) {
      asked.addAll(texts);
      return null;
    }
  }
}
