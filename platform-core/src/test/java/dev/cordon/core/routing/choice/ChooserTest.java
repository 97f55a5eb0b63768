package dev.cordon.core.routing.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.routing.choice.Choice.Refused;
import dev.cordon.core.routing.choice.Choice.Rejected;
import dev.cordon.core.routing.choice.Choice.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChooserTest {
  private static final int TRIES = 20_000;
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final Set<Rejection.Kind> FAULT_KINDS =
      Set.of(Rejection.Kind.UNAVAILABLE, Rejection.Kind.UNAFFORDABLE);
  private static final List<Rejection> FAULTS =
      Stream.of(Rejection.values()).filter(each -> FAULT_KINDS.contains(each.kind())).toList();

  private final Chooser chooser = new Chooser(1_000);

  private static Asked asked(Optional<String> pin, Optional<String> batch) {
    return new Asked("acme", Optional.empty(), Set.of(), Set.of("unclassified"), pin, batch);
  }

  private static Candidate candidate(String id, double millis, double price) {
    return new Candidate(
        id, "EU", Set.of("acme"), Set.of("unclassified"), Optional.empty(), millis, price);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  @Tag("R17")
  void whateverIsAskedNoCallGoesWhereItMayNotOrCannot(int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < TRIES; i++) {
      Asked asked = anyAsked(random);
      List<Candidate> candidates = anyCandidates(random);
      Choice choice = chooser.choose(asked, candidates);
      switch (choice) {
        case Taken taken -> {
          assertMay(asked, taken.target());
          asked.pin().ifPresent(pin -> assertEquals(pin, taken.target().id()));
          assertAllNamed(candidates, taken.target().id(), taken.rejected());
        }
        case Refused refused -> {
          assertEquals(asked.pin(), Optional.of(refused.target()));
          assertTrue(candidates.stream().noneMatch(each -> isFit(asked, each, refused.target())));
        }
      }
    }
  }

  private static void assertMay(Asked asked, Candidate target) {
    assertTrue(isFit(asked, target, target.id()), () -> asked + " " + target);
  }

  /** The rules once more, in other words. */
  private static boolean isFit(Asked asked, Candidate each, String id) {
    return each.id().equals(id)
        && (each.isEdge()
            || (asked.atEdge().isEmpty()
                && each.tenants().contains(asked.tenant())
                && Set.of(each.region()).containsAll(asked.regions())
                && each.dataClasses().containsAll(asked.dataClasses())
                && each.fault().isEmpty()));
  }

  private static void assertAllNamed(List<Candidate> all, String taken, List<Rejected> rejected) {
    List<String> named = new ArrayList<>(rejected.stream().map(Rejected::target).toList());
    named.add(taken);
    assertEquals(
        all.stream().map(Candidate::id).sorted().toList(), named.stream().sorted().toList());
  }

  private static Asked anyAsked(RandomGenerator random) {
    return new Asked(
        one(random, List.of("acme", "demo")),
        random.nextInt(6) == 0 ? Optional.of(Rejection.KEEP_ON_EDGE) : Optional.empty(),
        some(random, List.of("EU", "US")),
        some(random, List.of("unclassified", "personal", "health")),
        maybe(random, List.of("a", "b", "c", "edge", "nowhere")),
        maybe(random, List.of("a", "b", "c", "edge", "nowhere")));
  }

  private static List<Candidate> anyCandidates(RandomGenerator random) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(Candidate.edge(random.nextInt(100), random.nextInt(3) / 100.0));
    for (String name : NAMES) {
      candidates.add(
          new Candidate(
              name,
              one(random, List.of("EU", "US")),
              some(random, List.of("acme", "demo")),
              some(random, List.of("unclassified", "personal", "health")),
              random.nextInt(3) == 0 ? Optional.of(one(random, FAULTS)) : Optional.empty(),
              random.nextInt(100),
              random.nextInt(3) / 100.0));
    }
    return candidates;
  }

  private static <T> T one(RandomGenerator random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static <T> Optional<T> maybe(RandomGenerator random, List<T> of) {
    return random.nextBoolean() ? Optional.of(one(random, of)) : Optional.empty();
  }

  private static Set<String> some(RandomGenerator random, List<String> of) {
    return Set.copyOf(of.stream().filter(_ -> random.nextBoolean()).toList());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "MODEL_MISSING",
        "NOT_PROBED",
        "UNHEALTHY",
        "WRONG_NUMBERS",
        "BREAKER_OPEN",
        "BUDGET_EXHAUSTED",
      })
  void aTargetWithAFaultIsPassedOverAndAPinToItIsRefusedForThat(Rejection fault) {
    List<Candidate> candidates =
        List.of(
            Candidate.edge(1_000, 0),
            new Candidate(
                "a", "EU", Set.of("acme"), Set.of("unclassified"), Optional.of(fault), 1, 0));

    Taken free =
        assertInstanceOf(
            Taken.class, chooser.choose(asked(Optional.empty(), Optional.of("a")), candidates));
    assertEquals("edge", free.target().id());
    assertEquals(List.of(new Rejected("a", fault)), free.rejected());
    Refused pinned =
        assertInstanceOf(
            Refused.class, chooser.choose(asked(Optional.of("a"), Optional.empty()), candidates));
    assertEquals(fault, pinned.why());
  }

  @Test
  void aFaultThatWasThereBeforeStays() {
    Candidate down = candidate("a", 10, 0).with(Rejection.UNHEALTHY);
    assertEquals(Optional.of(Rejection.UNHEALTHY), down.fault());
    assertEquals(down, down.with(Rejection.BUDGET_EXHAUSTED));
  }

  @Test
  void takesTheFastestAndAPriceCountsAsTime() {
    List<Candidate> candidates =
        List.of(Candidate.edge(50, 0), candidate("a", 10, 0.030), candidate("b", 30, 0));
    Asked asked = asked(Optional.empty(), Optional.empty());
    Taken taken = assertInstanceOf(Taken.class, chooser.choose(asked, candidates));
    assertEquals("b", taken.target().id());
    assertEquals(
        List.of(new Rejected("edge", Rejection.OUTSCORED), new Rejected("a", Rejection.OUTSCORED)),
        taken.rejected());
    Chooser hasty = new Chooser(100);
    assertEquals("a", assertInstanceOf(Taken.class, hasty.choose(asked, candidates)).target().id());
  }

  @Test
  void aBatchStaysWhereItBeganForAsLongAsThatCanAnswer() {
    List<Candidate> candidates = List.of(Candidate.edge(1, 0), candidate("a", 100, 0));
    Taken taken =
        assertInstanceOf(
            Taken.class, chooser.choose(asked(Optional.empty(), Optional.of("a")), candidates));
    assertEquals("a", taken.target().id());
    assertEquals(List.of(new Rejected("edge", Rejection.BATCH)), taken.rejected());
  }
}
