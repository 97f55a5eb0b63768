package dev.cordon.policy.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.policy.bundle.BundleLoader;
import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.Stage;
import dev.cordon.policy.screening.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedPolicyTest {
  private static PolicyDecisionPoint point;

  @BeforeAll
  static void load() throws PolicyLoadException {
    point = new PolicyDecisionPoint(BundleLoader.load(Optional.empty()));
  }

  private static void denies(String code, String rule, Scenario scenario) {
    var decision = point.decide(scenario.facts());
    assertEquals(Effect.DENY, decision.effect());
    assertEquals(code, decision.code());
    assertEquals(rule, decision.rules().getFirst().id());
    assertEquals("biometric-floor", decision.rules().getFirst().pack());
    assertFalse(decision.rules().getFirst().references().isEmpty());
    assertEquals(List.of(), decision.obligations());
  }

  @ParameterizedTest
  @EnumSource
  void permitsARegisteredPurposeAtEveryStage(Stage stage) {
    var decision = point.decide(Scenario.permitted(stage).facts());
    assertEquals(Effect.PERMIT, decision.effect());
    assertEquals("PERMITTED", decision.code());
    assertEquals(point.bundle().digest(), decision.bundle());
  }

  @ParameterizedTest
  @CsvSource({
    "inventory-check,retail,true",
    "inventory-check,warehouse,true",
    "inventory-check,unknown,false",
    "inventory-check,education,false",
    "accessibility-captions,unknown,true",
    "accessibility-captions,law_enforcement,true",
    "course-recommendation,education,true",
    "course-recommendation,retail,false",
    "quality-inspection,workplace,true",
    "quality-inspection,warehouse,true",
    "quality-inspection,manufacturing,false",
    "nothing,retail,false",
  })
  @Tag("R11")
  void knowsAPurposeOnlyWhereItIsRegistered(String purpose, String area, boolean known) {
    for (var capability :
        List.of("image-tagging", "object-detection", "segmentation-prompts", "image-search")) {
      var scenario = Scenario.permitted(Stage.ADMISSION).call(capability, purpose, area);
      if (known) {
        assertEquals(Effect.PERMIT, point.decide(scenario.facts()).effect());
      } else {
        denies("PURPOSE_UNKNOWN", "r11-purpose-not-registered", scenario);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R11")
  void refusesAnUnknownTenantOrCapability(Stage stage) {
    var permitted = Scenario.permitted(stage);
    denies("PURPOSE_UNKNOWN", "r11-purpose-not-registered", permitted.of("ghost"));
    denies(
        "PURPOSE_UNKNOWN",
        "r11-purpose-not-registered",
        permitted.call("face-search", "inventory-check", "retail"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ethnicity", "religion", "politics", "union", "orientation"})
  @Tag("R01")
  void deniesSensitiveCategorisation(String category) {
    for (var stage : Stage.values()) {
      denies(
          "BIOMETRIC_USE",
          "r01-sensitive-categorisation",
          Scenario.permitted(stage).screened(Scenario.screening(Verdict.BLOCK, category)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "workplace,r02-emotion-where-prohibited",
    "education,r02-emotion-where-prohibited",
    "employment,r02-emotion-where-prohibited",
    "unknown,r02-emotion-where-prohibited",
    "retail,r03-emotion-elsewhere",
    "home,r03-emotion-elsewhere",
    "somewhere,r03-emotion-elsewhere",
  })
  @Tag("R02")
  @Tag("R03")
  void deniesEmotionsWithTheReasonOfTheArea(String area, String rule) {
    var emotion = Scenario.screening(Verdict.BLOCK, "emotion");
    var scenario = Scenario.permitted(Stage.ADMISSION).screened(emotion);
    denies("BIOMETRIC_USE", rule, scenario.call("image-tagging", "accessibility-captions", area));
  }

  @ParameterizedTest
  @CsvSource({
    "face-database,r04-face-database",
    "identity,r05-identification",
    "criminality,r06-criminality",
    "social-scoring,r07-person-scoring",
    "age,r09-protected-attributes",
    "gender,r09-protected-attributes",
    "health,r09-protected-attributes",
    "disability,r09-protected-attributes",
    "nationality,r09-protected-attributes",
    "of-the-future,screen-refused",
  })
  @Tag("R04")
  @Tag("R05")
  @Tag("R09")
  void deniesEveryOtherUseOfPersons(String category, String rule) {
    for (var verdict : List.of(Verdict.BLOCK, Verdict.FLAG)) {
      denies(
          "BIOMETRIC_USE",
          rule,
          Scenario.permitted(Stage.OUTPUT).screened(Scenario.screening(verdict, category)));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R16")
  void sendsWhatCannotBeScreenedToReview(Stage stage) {
    var decision =
        point.decide(
            Scenario.permitted(stage)
                .screened(Scenario.screening(Verdict.REVIEW, "unscreenable"))
                .facts());
    assertEquals(Effect.REVIEW, decision.effect());
    assertEquals("UNSCREENABLE", decision.code());
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R23")
  void deniesANamedSubjectWithoutConsent(Stage stage) {
    denies("CONSENT_MISSING", "r23-consent-missing", Scenario.permitted(stage).unconsented(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-01-01", "2026-12-01", "2026-12-02", "2027-12-02"})
  @Tag("R19")
  void refusesAtAllDatesAndCitesWhatAppliesThen(String day) {
    var now = Instant.parse(day + "T00:00:00Z");
    var decision =
        point.decide(
            Scenario.permitted(Stage.ADMISSION)
                .at(now)
                .screened(Scenario.screening(Verdict.FLAG, "age"))
                .facts());
    assertEquals(Effect.DENY, decision.effect());
    var cited = decision.rules().getFirst().references().getFirst();
    assertTrue(cited.startsWith("Regulation (EU) 2024/1689 Annex III point 1(b)"), cited);
    assertEquals(
        day.equals("2027-12-02"),
        !cited.endsWith("(applies from 2027-12-02; product rule before)"));
  }
}
