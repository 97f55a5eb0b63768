package dev.cordon.policy.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.policy.bundle.Duty;
import dev.cordon.policy.bundle.Pack;
import dev.cordon.policy.bundle.PolicyBundle;
import dev.cordon.policy.bundle.Reference;
import dev.cordon.policy.bundle.Rule;
import dev.cordon.policy.language.ConditionException;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.PolicyLanguage;
import dev.cordon.policy.language.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyDecisionPointTest {
  private static final Set<Stage> ALWAYS = Set.of(Stage.values());
  private static final List<String> CONDITIONS =
      List.of(
          "true",
          "false",
          "area == 'retail'",
          "area == 'home'",
          "subjects.without_consent > 0",
          "image.width > 3",
          "roles.exists(r, r == 'caller')",
          "1 / subjects.named > 0");

  private static Rule rule(String id, Effect effect, String when) {
    return rule(id, effect, when, Set.of(), Optional.empty(), Optional.empty());
  }

  private static Rule rule(
      String id,
      Effect effect,
      String when,
      Set<String> jurisdictions,
      Optional<Instant> from,
      Optional<Instant> until) {
    try {
      var stages = when.contains("image") ? Set.of(Stage.OUTPUT) : ALWAYS;
      return new Rule(
          id,
          effect,
          stages,
          PolicyLanguage.compile(when, stages),
          "CODE_" + id,
          List.of(new Reference("Art. " + id, Optional.empty(), Optional.empty())),
          "because " + id,
          jurisdictions,
          from,
          until,
          effect == Effect.PERMIT ? List.of(new Duty(id, "note", Map.of("of", id))) : List.of());
    } catch (ConditionException e) {
      throw new AssertionError(e);
    }
  }

  private static PolicyDecisionPoint point(List<Rule> floor, List<Rule> pack) {
    var packs =
        List.of(
            new Pack("zz-floor", "1", Pack.Kind.FLOOR, Set.of(), floor, Map.of()),
            new Pack("aa-pack", "1", Pack.Kind.PACK, Set.of("demo"), pack, Map.of()));
    return new PolicyDecisionPoint(new PolicyBundle("digest", packs, Map.of()));
  }

  private static Decision decide(Rule... rules) {
    return point(List.of(), Arrays.asList(rules))
        .decide(Scenario.permitted(Stage.ADMISSION).facts());
  }

  @Test
  void deniesWhenNoRulePermits() {
    assertEquals("NO_PERMIT", decide().code());
    var decision = decide(rule("p", Effect.PERMIT, "area == 'home'"));
    assertEquals(Effect.DENY, decision.effect());
    assertEquals("NO_PERMIT", decision.code());
    assertEquals(List.of(), decision.rules());
  }

  @Test
  void collectsTheObligationsOfAllFiredPermits() {
    var decision =
        decide(
            rule("b", Effect.PERMIT, "true"),
            rule("a", Effect.PERMIT, "true"),
            rule("c", Effect.PERMIT, "false"));
    assertEquals(Effect.PERMIT, decision.effect());
    assertEquals("CODE_a", decision.code());
    assertEquals(List.of("a", "b"), decision.obligations().stream().map(Obligation::id).toList());
  }

  @Test
  void reviewBeatsPermitAndDenyBeatsReview() {
    var permit = rule("a", Effect.PERMIT, "true");
    var review = rule("b", Effect.REVIEW, "true");
    var forbid = rule("c", Effect.DENY, "true");
    assertEquals(Effect.REVIEW, decide(permit, review).effect());
    var decision = decide(permit, review, forbid);
    assertEquals(Effect.DENY, decision.effect());
    assertEquals("CODE_c", decision.code());
    assertEquals("because c", decision.explanation());
    assertEquals(List.of("a", "b", "c"), decision.rules().stream().map(RuleHit::id).toList());
    assertEquals(List.of("Art. c"), decision.rules().getLast().references());
    assertEquals(List.of(), decision.obligations());
  }

  @Test
  @Tag("R17")
  void deniesWhenARuleFailsWhateverItsEffect() {
    for (var effect : Effect.values()) {
      var decision =
          decide(rule("a", Effect.PERMIT, "true"), rule("b", effect, "1 / subjects.named > 0"));
      assertEquals(Effect.DENY, decision.effect());
      assertEquals("POLICY_ERROR", decision.code());
      assertEquals("b", decision.rules().getLast().id());
      assertEquals(Effect.DENY, decision.rules().getLast().effect());
    }
  }

  @Test
  void keepsAPackFromTenantsItDoesNotServe() {
    var point = point(List.of(), List.of(rule("a", Effect.PERMIT, "true")));
    var other = Scenario.permitted(Stage.ADMISSION).of("other");
    assertEquals("NO_PERMIT", point.decide(other.facts()).code());
  }

  @Test
  @Tag("R19")
  void appliesARuleFromItsFirstMomentUntilItsLast() {
    var from = Instant.parse("2026-12-02T00:00:00Z");
    var until = Instant.parse("2027-12-02T00:00:00Z");
    var dated = rule("f", Effect.DENY, "true", Set.of(), Optional.of(from), Optional.of(until));
    var point = point(List.of(), List.of(rule("p", Effect.PERMIT, "true"), dated));
    var call = Scenario.permitted(Stage.ADMISSION);
    assertEquals(Effect.PERMIT, point.decide(call.at(from.minusNanos(1)).facts()).effect());
    assertEquals(Effect.DENY, point.decide(call.at(from).facts()).effect());
    assertEquals(Effect.DENY, point.decide(call.at(until.minusNanos(1)).facts()).effect());
    assertEquals(Effect.PERMIT, point.decide(call.at(until).facts()).effect());
  }

  @Test
  @Tag("R20")
  void appliesARuleOnlyWhereItsJurisdictionBinds() {
    var illinois =
        rule("f", Effect.DENY, "true", Set.of("US-IL"), Optional.empty(), Optional.empty());
    var permit = rule("p", Effect.PERMIT, "true");
    var inPack = point(List.of(), List.of(permit, illinois));
    var inFloor = point(List.of(illinois), List.of(permit));
    var call = Scenario.permitted(Stage.ADMISSION);
    assertEquals(Effect.DENY, inPack.decide(call.in(Set.of("US-IL")).facts()).effect());
    assertEquals(Effect.PERMIT, inPack.decide(call.in(Set.of("US-TX")).facts()).effect());
    assertEquals(Effect.PERMIT, inPack.decide(call.facts()).effect());
    assertEquals(Effect.DENY, inFloor.decide(call.facts()).effect());
    assertTrue(Jurisdictions.meet(Set.of("EU"), Set.of("DE-BY")));
    assertTrue(Jurisdictions.meet(Set.of("US"), Set.of("US-IL")));
    assertTrue(!Jurisdictions.meet(Set.of("US-IL"), Set.of("US")));
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static List<Rule> randomRules(RandomGenerator random, String prefix) {
    return IntStream.range(0, random.nextInt(7))
        .mapToObj(
            i ->
                rule(
                    prefix + i,
                    Effect.values()[random.nextInt(3)],
                    CONDITIONS.get(random.nextInt(CONDITIONS.size()))))
        .toList();
  }

  private static List<Scenario> calls() {
    return Arrays.stream(Stage.values())
        .map(Scenario::permitted)
        .mapMulti(
            (Scenario call, java.util.function.Consumer<Scenario> sink) -> {
              sink.accept(call);
              sink.accept(call.unconsented(2));
              sink.accept(call.call("image-tagging", "inventory-check", "home"));
            })
        .toList();
  }

  private static List<Rule> shuffled(List<Rule> rules, long seed) {
    var copy = new ArrayList<>(rules);
    Collections.shuffle(copy, new Random(seed));
    return copy;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Tag("R18")
  void decidesTheSameInAnyOrder(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var floor = randomRules(random, "f");
    var pack = randomRules(random, "p");
    var one = point(floor, pack);
    var other = point(shuffled(floor, seed), shuffled(pack, seed + 1));
    for (var call : calls()) {
      assertEquals(one.decide(call.facts()), other.decide(call.facts()));
      assertEquals(one.decide(call.facts()), one.decide(call.facts()));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aForbidAlwaysWinsAndNeverOpens(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var pack = randomRules(random, "p");
    var extended = new ArrayList<>(pack);
    var when = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
    extended.add(random.nextInt(pack.size() + 1), rule("x", Effect.DENY, when));
    for (var call : calls()) {
      var before = point(List.of(), pack).decide(call.facts());
      var after = point(List.of(), extended).decide(call.facts());
      if (before.effect() == Effect.DENY) {
        assertEquals(Effect.DENY, after.effect());
      }
      var forbidden = after.rules().stream().anyMatch(hit -> hit.effect() == Effect.DENY);
      var reviewed = after.rules().stream().anyMatch(hit -> hit.effect() == Effect.REVIEW);
      var permitted = after.rules().stream().anyMatch(hit -> hit.effect() == Effect.PERMIT);
      var expected =
          forbidden || !(reviewed || permitted)
              ? Effect.DENY
              : reviewed ? Effect.REVIEW : Effect.PERMIT;
      assertEquals(expected, after.effect());
    }
  }
}
