package dev.cordon.policy.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cordon.policy.Vectors;
import dev.cordon.policy.bundle.BundleLoader;
import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.language.Stage;
import dev.cordon.policy.screening.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionVectorsTest {
  static List<Map<String, Object>> vectors() {
    return Vectors.read("decisions.json");
  }

  private static PolicyDecisionPoint point() throws PolicyLoadException {
    return new PolicyDecisionPoint(BundleLoader.load(Optional.empty()));
  }

  private static <E extends Enum<E>> E word(Class<E> type, Object word) {
    return Enum.valueOf(type, ((String) word).toUpperCase(Locale.ROOT));
  }

  @SuppressWarnings("unchecked")
  private static Scenario scenario(Map<String, Object> vector) {
    var facts = (Map<String, Object>) vector.get("facts");
    return new Scenario(
        word(Stage.class, facts.get("stage")),
        Instant.parse((String) facts.get("now")),
        (String) facts.get("tenant"),
        (String) facts.get("capability"),
        (String) facts.get("purpose"),
        (String) facts.get("area"),
        Set.copyOf(Vectors.texts(facts, "jurisdictions")),
        (int) facts.get("withoutConsent"),
        Scenario.screening(
            word(Verdict.class, facts.get("verdict")),
            Vectors.texts(facts, "categories").toArray(String[]::new)));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void decidesAsTheVectorSays(Map<String, Object> vector) throws PolicyLoadException {
    var decision = point().decide(scenario(vector).facts());
    assertEquals(vector.get("effect"), decision.effect().word(), () -> "" + vector.get("name"));
    assertEquals(vector.get("code"), decision.code());
    assertEquals(vector.get("rules"), decision.rules().stream().map(RuleHit::id).toList());
  }

  @Test
  @Tag("R18")
  void replaysDecisionsIdenticallyOnManyThreads() throws Exception {
    var vectors = vectors();
    var first = vectors.stream().map(DecisionVectorsTest::scenario).toList();
    var one = point();
    var other = point();
    var expected = first.stream().map(scenario -> one.decide(scenario.facts())).toList();
    var replays = new ArrayList<Callable<List<Decision>>>();
    for (int i = 0; i < 32; i++) {
      replays.add(() -> first.stream().map(s -> other.decide(s.facts())).toList());
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var replay : threads.invokeAll(replays)) {
        assertEquals(expected, replay.get());
        assertEquals(expected.toString(), replay.get().toString());
      }
    }
  }
}
