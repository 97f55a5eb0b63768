package dev.cordon.plugins.segmentationprompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.PromptPoint;
import dev.cordon.spi.Finding.SegmentationPrompt;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.conformance.SimulatedAnalysis;
import dev.cordon.spi.conformance.SimulatedModel;
import dev.cordon.spi.conformance.SimulatedModel.World;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentationPromptsPluginTest {
  private static final ImageGeometry PHOTO = new ImageGeometry(560, 420);
  private static final List<String> TEMPLATE = List.of("a photo of a {}");

  /** Fits as far as the thing in this part of the image fills the region. */
  private static World thing(String text, Region place) {
    return (region, asked) -> {
      double width =
          Math.min(region.x() + region.width(), place.x() + place.width())
              - Math.max(region.x(), place.x());
      double height =
          Math.min(region.y() + region.height(), place.y() + place.height())
              - Math.max(region.y(), place.y());
      double common = Math.max(0, width) * Math.max(0, height);
      double part = common / ((double) region.width() * region.height());
      return 0.05 + (asked.equals(text) ? 0.45 * Math.sqrt(part) : 0);
    };
  }

  private static List<Finding> ask(
      Question question, ImageGeometry image, World world, AnswerOptions options)
      throws PluginException {
    SegmentationPromptsFactory factory = new SegmentationPromptsFactory();
    try (var plugin = factory.create(PluginSettings.NONE)) {
      return plugin.analyse(
          new SimulatedAnalysis(
              question,
              options,
              image,
              new SimulatedModel(image, world),
              factory.descriptor().permissions()));
    }
  }

  private static Question.Labels labels(String... labels) {
    return new Question.Labels(List.of(labels), TEMPLATE);
  }

  private static SegmentationPrompt cup(ImageGeometry image, Region place) throws Exception {
    World world = thing("a photo of a cup", place);
    return (SegmentationPrompt)
        ask(labels("hat", "cup"), image, world, AnswerOptions.DEFAULT).getFirst();
  }

  private static boolean contains(Region region, PromptPoint point) {
    return point.x() >= region.x()
        && point.x() < region.x() + region.width()
        && point.y() >= region.y()
        && point.y() < region.y() + region.height();
  }

  @Test
  void pointsAtTheThingAndOffIt() throws Exception {
    Region place = new Region(40, 60, 200, 180);
    SegmentationPrompt prompt = cup(PHOTO, place);
    assertEquals("cup", prompt.label());
    assertTrue(prompt.points().getFirst().positive());
    for (PromptPoint point : prompt.points()) {
      assertEquals(point.positive(), contains(place, point), point::toString);
      assertEquals(point.positive(), contains(prompt.box(), point), point::toString);
    }
    assertEquals(3, prompt.points().stream().filter(PromptPoint::positive).count());
    assertEquals(4, prompt.points().stream().filter(point -> !point.positive()).count());
  }

  @Test
  void theCloserLookDecidesBetweenThePeaksOfALabel() throws Exception {
    Region deceptive = new Region(40, 60, 120, 120);
    Region place = new Region(360, 210, 160, 150);
    World world =
        (region, text) -> {
          if (!text.equals("a photo of a cup")) {
            return 0.05;
          }
          double trick = thing(text, deceptive).cosine(region, text);
          boolean isCell = region.width() * region.height() < 3_000;
          return Math.max(isCell ? 1.3 * trick : 0.05, thing(text, place).cosine(region, text));
        };
    SegmentationPrompt prompt =
        (SegmentationPrompt) ask(labels("cup"), PHOTO, world, AnswerOptions.DEFAULT).getFirst();
    assertTrue(contains(place, prompt.points().getFirst()), prompt::toString);
  }

  @Test
  void spreadsThePointsThatAreOffTheThing() throws Exception {
    List<PromptPoint> off =
        cup(PHOTO, new Region(200, 150, 160, 120)).points().stream()
            .filter(point -> !point.positive())
            .toList();
    for (PromptPoint one : off) {
      for (PromptPoint other : off) {
        boolean isFar = Math.hypot(one.x() - other.x(), one.y() - other.y()) > 150;
        assertTrue(one.equals(other) || isFar, off::toString);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"560, 420, 191", "420, 560, 255", "64, 64, 255"})
  void drawsTheMaskIntoTheTopLeftOfASquare(int width, int height, int lastRow) throws Exception {
    ImageGeometry image = new ImageGeometry(width, height);
    Region half = new Region(0, 0, width, height / 2);
    var mask = cup(image, half).mask();
    assertEquals(256, mask.width());
    assertEquals(256, mask.height());
    float inside = mask.logit(20, 20);
    float below = mask.logit(lastRow - 10, 20);
    assertTrue(inside > 0 && below < 0, inside + " " + below);
    if (lastRow < 250) {
      assertEquals(-8f, mask.logit(lastRow + 5, 20));
    }
    for (int cell = 0; cell < 256 * 256; cell++) {
      assertTrue(Math.abs(mask.logit(cell / 256, cell % 256)) <= 8);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "20000, 10", "10, 20000", "2, 2"})
  void noTwoPointsShareAPixelHoweverThinTheImage(int width, int height) throws Exception {
    ImageGeometry image = new ImageGeometry(width, height);
    SegmentationPrompt prompt = cup(image, image.whole());
    assertTrue(prompt.box().isInside(image));
    assertEquals(
        prompt.points().size(),
        new HashSet<>(prompt.points().stream().map(p -> List.of(p.x(), p.y())).toList()).size());
  }

  @Test
  void answersATextInTheCallersWords() throws Exception {
    World world = thing("a red cup on a table", new Region(40, 60, 200, 180));
    List<Finding> findings =
        ask(new Question.Text("a red cup on a table"), PHOTO, world, AnswerOptions.DEFAULT);
    assertEquals("a red cup on a table", ((SegmentationPrompt) findings.getFirst()).label());
  }

  @Test
  void saysNoneOfTheseWhenNothingIsThere() throws Exception {
    World world = thing("a photo of a cup", new Region(40, 60, 200, 180));
    List<Finding> findings = ask(labels("ship", "hat"), PHOTO, world, AnswerOptions.DEFAULT);
    var none = assertInstanceOf(Finding.Tag.class, findings.getFirst());
    assertEquals(Finding.NONE_OF_THESE, none.label());
    assertTrue(none.score() > 0.5f);
    assertEquals(1, findings.size());
  }

  @Test
  void givesNoMorePromptsThanTheHostCanHold() throws Exception {
    World everything = (region, text) -> text.contains("thing") ? 0.5 : 0.05;
    List<String> many = IntStream.range(0, 200).mapToObj(i -> "thing " + i).toList();
    List<Finding> findings =
        ask(new Question.Labels(many, TEMPLATE), PHOTO, everything, AnswerOptions.DEFAULT);
    assertEquals(SegmentationPromptsPlugin.MOST_PROMPTS, findings.size());
  }

  @Test
  void refusesWhatItCannotAnswer() {
    for (Question question :
        List.of(
            new Question.Open(),
            labels(Finding.NONE_OF_THESE),
            new Question.Labels(List.of("cup"), List.of("a photo")))) {
      var refusal =
          assertThrows(
              PluginException.class,
              () -> ask(question, PHOTO, (region, text) -> 0.1, AnswerOptions.DEFAULT));
      assertEquals(Kind.BAD_QUESTION, refusal.kind());
      assertFalse(refusal.getMessage().contains("cup"));
    }
  }
}
