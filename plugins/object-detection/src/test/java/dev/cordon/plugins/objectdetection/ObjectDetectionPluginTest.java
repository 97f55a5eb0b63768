package dev.cordon.plugins.objectdetection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.Box;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectDetectionPluginTest {
  private static final ImageGeometry PHOTO = new ImageGeometry(560, 420);
  private static final Region LEFT = new Region(40, 60, 160, 180);
  private static final Region RIGHT = new Region(360, 210, 160, 150);
  private static final Pattern OF_PEOPLE =
      Pattern.compile("\\b(person|people|m[ae]n|wom[ae]n|child|boy|girl|face|body)\\b");

  private static List<Box> boxes(List<Finding> findings) {
    return findings.stream().map(finding -> (Box) finding).toList();
  }

  private static double overlap(Region a, Region b) {
    double width = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    double height = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    double common = Math.max(0, width) * Math.max(0, height);
    return common / ((double) a.width() * a.height() + (double) b.width() * b.height() - common);
  }

  @Test
  void putsABoxAroundAThing() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(LEFT)));
    Box best = boxes(scene.ask(AnswerOptions.DEFAULT, "cup")).getFirst();
    assertEquals("cup", best.label());
    assertTrue(overlap(LEFT, best.box()) > 0.5, best::toString);
  }

  @Test
  void countsTwoThingsOfOneLabel() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(LEFT, RIGHT)));
    List<Box> found = boxes(scene.ask(AnswerOptions.DEFAULT, "cup"));
    assertEquals(2, found.size(), found::toString);
    for (Region thing : List.of(LEFT, RIGHT)) {
      assertTrue(found.stream().anyMatch(box -> overlap(thing, box.box()) > 0.4));
    }
  }

  @Test
  void saysNoneOfTheseWithAProbabilityWhenNothingIsThere() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(LEFT)));
    List<Finding> findings = scene.ask(AnswerOptions.DEFAULT, "ship", "hat");
    assertEquals(1, findings.size());
    Finding.Tag none = assertInstanceOf(Finding.Tag.class, findings.getFirst());
    assertEquals(Finding.NONE_OF_THESE, none.label());
    assertTrue(none.score() > 0.5f && none.score() <= 1);
  }

  @Test
  void leavesAnAbsentLabelOutBesideOneThatIsThere() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(LEFT)));
    List<Box> found = boxes(scene.ask(AnswerOptions.DEFAULT, "ship", "cup", "hat"));
    assertTrue(found.stream().allMatch(box -> box.label().equals("cup")));
  }

  @Test
  void aFurtherLabelDoesNotChangeTheBoxesOfAnother() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(LEFT), "hat", List.of(RIGHT)));
    List<Box> alone = boxes(scene.ask(AnswerOptions.DEFAULT, "cup"));
    List<Box> both = boxes(scene.ask(AnswerOptions.DEFAULT, "hat", "cup"));
    assertEquals(alone, both.stream().filter(box -> box.label().equals("cup")).toList());
  }

  @Test
  void keepsToItsBudgetOfRegionsInOneComparison() throws Exception {
    Map<String, List<Region>> things = new HashMap<>();
    Random random = new Random(3);
    List<String> labels = IntStream.range(0, 200).mapToObj(i -> "thing " + i).toList();
    for (String label : labels) {
      things.put(label, List.of(new Region(random.nextInt(400), random.nextInt(300), 90, 90)));
    }
    Scene scene = Scene.of(PHOTO, things);
    List<Finding> findings =
        scene.ask(new Question.Labels(labels, Scene.TEMPLATE), AnswerOptions.DEFAULT);
    assertFalse(findings.isEmpty());
    assertEquals(1, scene.compared().size());
    assertTrue(scene.compared().getFirst().size() <= Candidates.BUDGET);
    assertEquals(PHOTO.whole(), scene.compared().getFirst().getFirst());
  }

  @Test
  void aProposedRegionIsABoxWhereTheMapIsTooCoarse() throws Exception {
    Region small = new Region(304, 302, 24, 20);
    Region nothing = new Region(20, 20, 30, 30);
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(small)));
    Question cups = new Question.Labels(List.of("ship", "cup"), Scene.TEMPLATE);
    assertInstanceOf(Finding.Tag.class, scene.ask(cups, AnswerOptions.DEFAULT).getFirst());

    List<Box> found =
        boxes(scene.ask(cups, AnswerOptions.DEFAULT, List.of(nothing, PHOTO.whole(), small)));
    assertEquals(1, found.size(), found::toString);
    assertEquals("cup", found.getFirst().label());
    assertEquals(small, found.getFirst().box());
  }

  @Test
  void comparesTheLikeliestProposalsBesideItsOwnRegionsInOneComparison() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(PHOTO.whole())));
    Question cups = new Question.Labels(List.of("cup"), Scene.TEMPLATE);
    scene.ask(cups, AnswerOptions.DEFAULT);
    List<Region> proposed =
        IntStream.range(0, 100).mapToObj(i -> new Region(2 * i, i, 99, 98)).toList();
    scene.ask(cups, AnswerOptions.DEFAULT, proposed);

    List<Region> own = scene.compared().getFirst();
    List<Region> both = scene.compared().getLast();
    assertEquals(2, scene.compared().size());
    assertEquals(own, both.subList(0, own.size()));
    assertEquals(proposed.subList(0, Candidates.PROPOSED), both.subList(own.size(), both.size()));
  }

  @Test
  void looksAtNoProposalWhereTheLabelIsNotWarm() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(LEFT)));
    Question cups = new Question.Labels(List.of("cup"), Scene.TEMPLATE);
    List<Finding> alone = scene.ask(cups, AnswerOptions.DEFAULT);
    List<Region> elsewhere = List.of(RIGHT, new Region(300, 10, 250, 60));
    assertEquals(alone, scene.ask(cups, AnswerOptions.DEFAULT, elsewhere));
    assertEquals(scene.compared().getFirst(), scene.compared().getLast());
  }

  @Test
  void proposalsThatAreItsOwnRegionsOrTheWholeImageChangeNothing() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(LEFT, RIGHT)));
    Question cups = new Question.Labels(List.of("cup"), Scene.TEMPLATE);
    List<Finding> alone = scene.ask(cups, AnswerOptions.DEFAULT);
    List<Region> own = scene.compared().getFirst();
    assertEquals(alone, scene.ask(cups, AnswerOptions.DEFAULT, own.subList(0, 1)));
    scene.ask(cups, AnswerOptions.DEFAULT, own);
    assertEquals(own, scene.compared().getLast());
  }

  @Test
  void cutsByThresholdAndTopK() throws Exception {
    Scene scene = Scene.of(PHOTO, Map.of("cup", List.of(LEFT, RIGHT), "hat", List.of(RIGHT)));
    List<Finding> all = scene.ask(AnswerOptions.DEFAULT, "cup", "hat");
    assertTrue(all.size() >= 2);
    assertEquals(all.subList(0, 1), scene.ask(new AnswerOptions(1, 0f, "en"), "cup", "hat"));
    float exactly = all.get(1).score();
    List<Finding> cut = scene.ask(new AnswerOptions(99, exactly, "en"), "cup", "hat");
    assertEquals(all.stream().filter(finding -> finding.score() >= exactly).toList(), cut);
    assertEquals(List.of(), scene.ask(new AnswerOptions(9, 1f, "en"), "ship"));
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void staysInAnyImageAndSaysTheSameAgain(long seed) throws Exception {
    Random random = new Random(seed);
    ImageGeometry image =
        new ImageGeometry(1 + random.nextInt(2000), 1 + random.nextInt(1 + random.nextInt(2000)));
    Map<String, List<Region>> things = new HashMap<>();
    for (String label : List.of("cup", "hat", "ship")) {
      List<Region> places = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        int x = random.nextInt(image.width());
        int y = random.nextInt(image.height());
        int width = 1 + random.nextInt(image.width() - x);
        places.add(new Region(x, y, width, 1 + random.nextInt(image.height() - y)));
      }
      things.put(label, places);
    }
    List<Finding> findings =
        Scene.of(image, things).ask(AnswerOptions.DEFAULT, "cup", "hat", "ship");
    assertEquals(
        findings, Scene.of(image, things).ask(AnswerOptions.DEFAULT, "cup", "hat", "ship"));
    float before = 1;
    for (Finding finding : findings) {
      assertTrue(finding.score() >= 0 && finding.score() <= before, finding::toString);
      before = finding.score();
      if (finding instanceof Box box) {
        assertTrue(box.box().isInside(image) && box.score() >= 0.5f, box::toString);
      }
    }
  }

  @Test
  void refusesWhatItCannotAnswer() {
    refuses(new Question.Text("a cup"));
    refuses(new Question.Open());
    refuses(new Question.Labels(List.of(Finding.NONE_OF_THESE), Scene.TEMPLATE));
    refuses(new Question.Labels(List.of("cup"), List.of("a photo")));
    List<String> many =
        IntStream.rangeClosed(0, Prompts.MOST_LABELS).mapToObj(i -> "cup " + i).toList();
    refuses(new Question.Labels(many, Scene.TEMPLATE));
  }

  private static void refuses(Question question) {
    Scene scene = Scene.of(PHOTO, Map.of());
    var refusal =
        assertThrows(PluginException.class, () -> scene.ask(question, AnswerOptions.DEFAULT));
    assertEquals(Kind.BAD_QUESTION, refusal.kind());
    assertFalse(refusal.getMessage().contains("cup"));
    assertTrue(scene.compared().isEmpty());
  }

  @Test
  void theSceneryHasNoPeople() {
    for (String text : Prompts.SCENERY) {
      assertFalse(OF_PEOPLE.matcher(text).find(), text);
    }
  }
}
