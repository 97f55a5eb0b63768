package dev.cordon.policy.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.policy.screening.Screening;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLanguageTest {
  private static final Set<Stage> OUTPUT = Set.of(Stage.OUTPUT);

  private static Map<String, Object> variables(Stage stage) {
    return Activation.of(facts(stage), Set.of("EU", "US-IL"), Optional.of("consent"));
  }

  private static Facts facts(Stage stage) {
    return new Facts(
        stage,
        Instant.parse("2026-11-24T12:00:00Z"),
        "demo",
        Set.of("caller"),
        "image-tagging",
        "inventory-check",
        "retail",
        Set.of("US-IL"),
        2,
        1,
        Screening.CLEAN,
        stage == Stage.ADMISSION
            ? Optional.empty()
            : Optional.of(new ImageFacts(640, 480, 0.5, 1, 0.2)),
        stage == Stage.OUTPUT ? Optional.of(new OutputFacts(3)) : Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stage == 'output'",
        "now < timestamp('2026-12-02T00:00:00Z')",
        "tenant == 'demo' && 'caller' in roles && area == 'retail'",
        "capability == 'image-tagging' && 'EU' in jurisdictions",
        "purpose.id == 'inventory-check' && purpose.registered && purpose.legal_basis == 'consent'",
        "subjects.named == 2 && subjects.without_consent == 1",
        "screening.verdict == 'allow' && screening.categories.size() == 0",
        "!screening.signals.exists(s, s == 'person-name')",
        "image.present && image.width == 640 && image.height < 481",
        "image.sharpness < 1 && image.brightness >= 1.0 && image.contrast < 0.3",
        "output.present && output.findings == 3",
        "tenant.matches('^d[a-z]+$')"
      })
  void readsEveryFact(String source) throws ConditionException {
    assertTrue(PolicyLanguage.compile(source, OUTPUT).holds(variables(Stage.OUTPUT)), source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "nobody == 'x' | `nobody` is not a fact (at 1:1 of the condition)",
        "area == 'x' && image.colour == 'x' | `image.colour` is not a fact (at 1:16 of the condition)",
        "purpose.registred | `purpose.registred` is not a fact; did you mean `purpose.registered` (at 1:1 of the condition)",
        "!purpose . registred | `purpose.registred` is not a fact; did you mean `purpose.registered` (at 1:2 of the condition)",
        "purpose == 'x' | `purpose` is not a fact; did you mean `purpose.id` (at 1:1 of the condition)",
        "tenent.matches('x') | `tenent` is not a fact; did you mean `tenant` (at 1:1 of the condition)",
        "screening.category == 'x' | `screening.category` is not a fact; did you mean `screening.categories` (at 1:1 of the condition)",
        "today('x') | `today` is not a function (at 1:6 of the condition)",
        "area == 3 | found no matching overload for '_==_' applied to '(string, int)' (candidates: (%A0, %A0)) (at 1:6 of the condition)",
        "area | expected type 'bool' but found 'string' (at 1:1 of the condition)",
      })
  void refusesWhatCannotBeTyped(String source, String message) {
    var e = assertThrows(ConditionException.class, () -> PolicyLanguage.compile(source, OUTPUT));
    assertEquals(message, e.getMessage());
  }

  @Test
  void refusesAnInvalidRegularExpression() {
    var e =
        assertThrows(
            ConditionException.class, () -> PolicyLanguage.compile("area.matches('(')", OUTPUT));
    assertTrue(e.getMessage().contains("Regex"), e.getMessage());
  }

  @Test
  void refusesADeepCondition() {
    var deep = "(1 + ".repeat(60) + "1" + ")".repeat(60) + " == 61";
    assertThrows(ConditionException.class, () -> PolicyLanguage.compile(deep, OUTPUT));
    assertThrows(
        ConditionException.class,
        () -> PolicyLanguage.compile("'" + "x".repeat(5_000) + "' == area", OUTPUT));
  }

  @Test
  void refusesAVariableThatDoesNotExistAtTheStage() throws ConditionException {
    var e =
        assertThrows(
            ConditionException.class,
            () -> PolicyLanguage.compile("image.width > 3", Set.of(Stage.ADMISSION)));
    assertEquals("`image.width` does not exist at stage admission", e.getMessage());
    assertThrows(
        ConditionException.class,
        () -> PolicyLanguage.compile("output.findings > 3", Set.of(Stage.INPUT, Stage.OUTPUT)));
    PolicyLanguage.compile("image.width > 3", Set.of(Stage.INPUT, Stage.OUTPUT));
  }

  @Test
  @Tag("R17")
  void failsOnAMissingAttribute() throws ConditionException {
    var condition = PolicyLanguage.compile("image.width > 3", OUTPUT);
    assertThrows(ConditionException.class, () -> condition.holds(variables(Stage.ADMISSION)));
  }

  @Test
  @Tag("R17")
  void failsOnAValueOfAnotherType() throws ConditionException {
    var condition = PolicyLanguage.compile("purpose.registered", OUTPUT);
    var variables = new HashMap<>(variables(Stage.OUTPUT));
    variables.put("purpose.registered", "true");
    assertThrows(ConditionException.class, () -> condition.holds(variables));
  }

  @Test
  @Tag("R17")
  void failsOverItsBudget() throws ConditionException {
    var condition =
        PolicyLanguage.compile(
            "roles.all(a, roles.all(b, roles.all(c, a != b || b != c || a == c)))", OUTPUT);
    var variables = new HashMap<>(variables(Stage.OUTPUT));
    variables.put("roles", List.of("a", "b"));
    assertTrue(condition.holds(variables));
    variables.put("roles", Collections.nCopies(20, "a"));
    assertThrows(ConditionException.class, () -> condition.holds(variables));
  }

  @Test
  void givesEveryDeclaredVariableAValue() {
    assertEquals(PolicyLanguage.names(), variables(Stage.OUTPUT).keySet());
  }
}
