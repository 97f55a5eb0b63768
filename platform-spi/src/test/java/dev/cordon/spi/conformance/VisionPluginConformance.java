package dev.cordon.spi.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.VisionPluginFactory;
import dev.cordon.spi.conformance.SimulatedModel.World;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of SPEC.md as tests; a plugin's own suite extends it and names its factory. */
public abstract class VisionPluginConformance {
  private static final ImageGeometry PHOTO = new ImageGeometry(640, 427);
  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";
  private static final String SEMANTIC = "[0-9]+\\.[0-9]+\\.[0-9]+([-+].+)?";

  private VisionPlugin plugin;

  /** The plugin under test. */
  protected abstract VisionPluginFactory factory();

  /** A question that the plugin answers, about these labels where it takes any. */
  protected Question question(List<String> labels) {
    return new Question.Labels(labels, List.of("a photo of a {}"));
  }

  /** How the question is asked. */
  protected AnswerOptions options(int topK, float threshold) {
    return new AnswerOptions(topK, threshold, "en");
  }

  @BeforeEach
  final void createThePlugin() {
    plugin = factory().create(PluginSettings.NONE);
  }

  @AfterEach
  final void closeThePlugin() {
    plugin.close();
  }

  private Analysis analysis(List<String> labels, ImageGeometry image, World world) {
    return analysis(labels, image, world, options(Integer.MAX_VALUE, 0));
  }

  private Analysis analysis(
      List<String> labels, ImageGeometry image, World world, AnswerOptions options) {
    return new SimulatedAnalysis(
        question(labels),
        options,
        image,
        new SimulatedModel(image, world),
        factory().descriptor().permissions());
  }

  private static List<String> labels(int count) {
    return IntStream.range(0, count).mapToObj(i -> "thing " + i).toList();
  }

  @Test
  void describesItselfTheSameEachTime() {
    PluginDescriptor descriptor = factory().descriptor();
    assertEquals(descriptor, factory().descriptor());
    assertTrue(descriptor.id().matches(NAME), descriptor.id());
    assertTrue(descriptor.capability().matches(NAME), descriptor.capability());
    assertTrue(descriptor.version().matches(SEMANTIC), descriptor.version());
    assertTrue(isServed(descriptor.spiVersion()), descriptor.spiVersion());
  }

  /** The major of this SPI, and no minor that it does not have yet. */
  private static boolean isServed(String version) {
    String[] has = PluginDescriptor.SPI_VERSION.split("\\.");
    String[] wants = version.split("\\.");
    return version.matches("[0-9]{1,4}\\.[0-9]{1,4}")
        && wants[0].equals(has[0])
        && Integer.parseInt(wants[1]) <= Integer.parseInt(has[1]);
  }

  @Test
  void refusesASettingItDoesNotKnowAndNamesIt() {
    PluginSettings settings = new PluginSettings(Map.of("no-such-setting", "1"));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> factory().create(settings));
    assertTrue(refusal.getMessage().contains("no-such-setting"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void answersTheSameQuestionTheSame(long seed) throws Exception {
    List<Finding> once = plugin.analyse(analysis(labels(5), PHOTO, Chance.world(seed)));
    List<Finding> again = plugin.analyse(analysis(labels(5), PHOTO, Chance.world(seed)));
    assertEquals(once, again);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,2000", "20000,10", "10,20000", "640,427", "4000,3000"})
  void staysWithinTheImageWhateverItsSize(int width, int height) throws Exception {
    ImageGeometry image = new ImageGeometry(width, height);
    List<String> labels = labels(3);
    SoundFindings.check(plugin.analyse(analysis(labels, image, Chance.world(1))), image, labels);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void answersSoundlyAndTheSameAboutRegionsThatAHostProposes(long seed) throws Exception {
    List<String> labels = labels(4);
    List<Region> proposed = Chance.regions(seed, PHOTO);
    List<Finding> once = plugin.analyse(proposing(labels, Chance.world(seed), proposed));
    SoundFindings.check(once, PHOTO, labels);
    assertEquals(once, plugin.analyse(proposing(labels, Chance.world(seed), proposed)));
  }

  private Analysis proposing(List<String> labels, World world, List<Region> proposed) {
    return new SimulatedAnalysis(
        question(labels),
        options(Integer.MAX_VALUE, 0),
        PHOTO,
        new SimulatedModel(PHOTO, world),
        factory().descriptor().permissions(),
        proposed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 200})
  void answersForOneLabelAndForTwoHundred(int count) throws Exception {
    List<String> labels = labels(count);
    SoundFindings.check(plugin.analyse(analysis(labels, PHOTO, Chance.world(7))), PHOTO, labels);
  }

  @Test
  void countsALabelAskedTwiceOnce() throws Exception {
    List<Finding> once = plugin.analyse(analysis(List.of("cup", "tree"), PHOTO, Chance.world(3)));
    List<Finding> twice =
        plugin.analyse(analysis(List.of("cup", "tree", "cup", "tree"), PHOTO, Chance.world(3)));
    assertEquals(once, twice);
  }

  @Test
  void honoursTopKAndThreshold() throws Exception {
    World world = Chance.world(5);
    List<Finding> all = plugin.analyse(analysis(labels(6), PHOTO, world));
    List<Finding> two = plugin.analyse(analysis(labels(6), PHOTO, world, options(2, 0)));
    assertTrue(two.size() <= 2);
    assertEquals(all.subList(0, Math.min(2, all.size())), two);
    for (Finding finding :
        plugin.analyse(analysis(labels(6), PHOTO, world, options(Integer.MAX_VALUE, 0.2f)))) {
      assertTrue(finding.score() >= 0.2f, finding::toString);
    }
  }

  @Test
  void isNotSureOfWhatIsNotThere() throws Exception {
    List<String> labels = List.of("absent one", "absent two");
    World nothing = (region, text) -> text.contains("absent") ? -0.2 : 0.25;
    for (Finding finding : plugin.analyse(analysis(labels, PHOTO, nothing))) {
      boolean names = SoundFindings.label(finding).map(labels::contains).orElse(false);
      assertFalse(names && finding.score() >= 0.5f, finding::toString);
    }
  }

  @Test
  void answersManyThreadsAsItAnswersOne() throws Exception {
    List<List<Finding>> alone = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      alone.add(plugin.analyse(analysis(labels(8), PHOTO, Chance.world(seed))));
    }
    List<Callable<List<Finding>>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      long seed = i % 4;
      calls.add(() -> plugin.analyse(analysis(labels(8), PHOTO, Chance.world(seed))));
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<List<Finding>>> answers = pool.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        assertEquals(alone.get(i % 4), answers.get(i).get());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAVAILABLE", "CANCELLED", "NOT_PERMITTED", "FAULT"})
  void letsARefusalOfTheHostPass(String kind) {
    PluginException refusal = new PluginException(Kind.valueOf(kind), "as the host said");
    World refusing =
        (region, text) -> {
          throw refusal;
        };
    if (usesTheModel()) {
      assertEquals(
          refusal,
          assertThrows(
              PluginException.class, () -> plugin.analyse(analysis(labels(2), PHOTO, refusing))));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void passesOnNothingThatIsNoNumber(double broken) throws Exception {
    try {
      List<Finding> findings = plugin.analyse(analysis(labels(2), PHOTO, (region, text) -> broken));
      SoundFindings.check(findings, PHOTO, labels(2));
    } catch (PluginException fault) {
      assertEquals(Kind.FAULT, fault.kind());
    }
  }

  @Test
  void givesUpWhenInterruptedAndLeavesTheFlagSet() throws Exception {
    World interrupting =
        (region, text) -> {
          Thread.currentThread().interrupt();
          return 0.1;
        };
    try {
      plugin.analyse(analysis(labels(3), PHOTO, interrupting));
      assertTrue(Thread.interrupted() || !usesTheModel());
    } catch (PluginException stopped) {
      assertTrue(Thread.interrupted());
      assertEquals(Kind.CANCELLED, stopped.kind());
    }
  }

  @Test
  void keepsNothingOfACallThatIsOver() throws Exception {
    List<WeakReference<Analysis>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Analysis analysis = analysis(labels(3), PHOTO, Chance.world(i));
      plugin.analyse(analysis);
      calls.add(new WeakReference<>(analysis));
    }
    for (int turn = 0; turn < 100 && calls.stream().anyMatch(c -> c.get() != null); turn++) {
      System.gc();
    }
    assertTrue(calls.stream().allMatch(call -> call.get() == null), "a call is held on to");
  }

  @Test
  void startsNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Set<Thread> during = new HashSet<>();
    World watching =
        (region, text) -> {
          if (during.isEmpty()) {
            during.addAll(Thread.getAllStackTraces().keySet());
          }
          return 0.1;
        };
    plugin.analyse(analysis(labels(2), PHOTO, watching));
    during.removeAll(before);
    during.removeIf(thread -> thread.isDaemon() || !thread.isAlive());
    assertEquals(Set.of(), during);
  }

  private boolean usesTheModel() {
    SimulatedModel model = new SimulatedModel(PHOTO, Chance.world(1));
    try {
      plugin.analyse(
          new SimulatedAnalysis(
              question(labels(2)),
              options(Integer.MAX_VALUE, 0),
              PHOTO,
              model,
              factory().descriptor().permissions()));
    } catch (PluginException _) {
      return true;
    }
    return !model.texts().isEmpty();
  }
}
