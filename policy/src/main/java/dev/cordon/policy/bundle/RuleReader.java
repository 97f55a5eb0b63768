package dev.cordon.policy.bundle;

import dev.cordon.policy.language.Condition;
import dev.cordon.policy.language.ConditionException;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.language.PolicyLanguage;
import dev.cordon.policy.language.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads one rule of a pack and compiles its condition. */
final class RuleReader {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "effect",
          "stage",
          "when",
          "code",
          "references",
          "explanation",
          "jurisdictions",
          "applies_from",
          "applies_until",
          "obligations");

  /** Codes only the decision point may give. */
  private static final Set<String> ENGINE_CODES = Set.of("NO_PERMIT", "POLICY_ERROR");

  private RuleReader() {}

  static Rule read(YamlElement element, Pack.Kind kind) throws PolicyLoadException {
    var fields = element.fields(KEYS);
    var effect = effect(fields.required("effect"));
    var stages = stages(fields.required("stage"));
    var rule =
        new Rule(
            Words.id(fields.required("id")),
            effect,
            stages,
            condition(fields.required("when"), stages),
            code(fields, effect),
            references(fields.optional("references")),
            fields.required("explanation").text(),
            Words.jurisdictions(fields.optional("jurisdictions")),
            Words.time(fields.optional("applies_from")),
            Words.time(fields.optional("applies_until")),
            duties(fields.optional("obligations")));
    checkEffect(fields, rule);
    if (kind == Pack.Kind.FLOOR) {
      checkFloor(fields, rule);
    }
    return rule;
  }

  private static void checkEffect(YamlElement.Fields fields, Rule rule) throws PolicyLoadException {
    if (rule.effect() != Effect.PERMIT && !rule.obligations().isEmpty()) {
      throw fields.required("obligations").error("only a permit rule may have obligations");
    }
    if (rule.appliesFrom().isPresent()
        && rule.appliesUntil().isPresent()
        && !rule.appliesFrom().get().isBefore(rule.appliesUntil().get())) {
      throw fields.required("applies_until").error("rule ends before it starts");
    }
  }

  private static void checkFloor(YamlElement.Fields fields, Rule rule) throws PolicyLoadException {
    if (rule.effect() == Effect.PERMIT) {
      throw fields.required("effect").error("a floor rule may not permit");
    }
    if (rule.references().isEmpty()) {
      throw fields.owner().error("a floor rule needs references");
    }
    for (var key : List.of("applies_from", "applies_until")) {
      if (fields.optional(key).isPresent()) {
        throw fields
            .required(key)
            .error("a floor rule applies at all times: put the date on its reference");
      }
    }
  }

  private static Effect effect(YamlElement element) throws PolicyLoadException {
    return switch (element.text()) {
      case "forbid" -> Effect.DENY;
      case "permit" -> Effect.PERMIT;
      case "review" -> Effect.REVIEW;
      case String other ->
          throw element.error("unknown effect `" + other + "` (forbid, permit or review)");
    };
  }

  private static Set<Stage> stages(YamlElement element) throws PolicyLoadException {
    var stages = EnumSet.noneOf(Stage.class);
    for (var item : element.isList() ? element.items() : List.of(element)) {
      stages.add(
          switch (item.text()) {
            case "admission" -> Stage.ADMISSION;
            case "input" -> Stage.INPUT;
            case "output" -> Stage.OUTPUT;
            case String other ->
                throw item.error("unknown stage `" + other + "` (admission, input or output)");
          });
    }
    if (stages.isEmpty()) {
      throw element.error("a rule needs a stage");
    }
    return stages;
  }

  private static Condition condition(YamlElement element, Set<Stage> stages)
      throws PolicyLoadException {
    try {
      return PolicyLanguage.compile(element.text(), stages);
    } catch (ConditionException e) {
      // The message is whole; a cause with half of it would only mislead whoever prints the last
      // one.
      throw element.error(e.getMessage(), e.getCause());
    }
  }

  private static String code(YamlElement.Fields fields, Effect effect) throws PolicyLoadException {
    if (effect == Effect.PERMIT && fields.optional("code").isEmpty()) {
      return "PERMITTED";
    }
    var element = fields.required("code");
    var code = Words.matching(element, Words.CODE, "a code");
    if (ENGINE_CODES.contains(code)) {
      throw element.error("code `" + code + "` is reserved");
    }
    return code;
  }

  private static List<Reference> references(Optional<YamlElement> list) throws PolicyLoadException {
    var references = new ArrayList<Reference>();
    if (list.isPresent()) {
      for (var item : list.get().items()) {
        references.add(reference(item));
      }
    }
    return references;
  }

  private static Reference reference(YamlElement item) throws PolicyLoadException {
    if (!item.isMapping()) {
      return new Reference(item.text(), Optional.empty(), Optional.empty());
    }
    var fields = item.fields(Set.of("text", "from", "until"));
    return new Reference(
        fields.required("text").text(),
        Words.time(fields.optional("from")),
        Words.time(fields.optional("until")));
  }

  private static List<Duty> duties(Optional<YamlElement> list) throws PolicyLoadException {
    var duties = new ArrayList<Duty>();
    var seen = new HashSet<String>();
    if (list.isPresent()) {
      for (var item : list.get().items()) {
        var fields = item.fields(Set.of("id", "type", "properties"));
        var properties = new TreeMap<String, String>();
        if (fields.optional("properties").isPresent()) {
          for (var entry : fields.required("properties").entries().entrySet()) {
            properties.put(entry.getKey(), entry.getValue().text());
          }
        }
        var id = Words.id(fields.required("id"));
        if (!seen.add(id)) {
          throw fields.required("id").error("obligation `" + id + "` appears twice");
        }
        duties.add(
            new Duty(
                id,
                Words.matching(fields.required("type"), Words.DUTY, "an obligation type"),
                properties));
      }
    }
    return duties;
  }
}
