package dev.cordon.policy.language;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.AstDepthLimitValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Compiles conditions: CEL with bool result over the declared variables, within fixed budgets.
 *
 * <p>Source of the language: the Common Expression Language specification, cel.dev.
 */
public final class PolicyLanguage {
  /** Longest condition, in code points. */
  public static final int MAX_LENGTH = 4_000;

  /** Deepest syntax tree of a condition. */
  public static final int MAX_DEPTH = 40;

  /** Most steps that all comprehensions of one evaluation may take together. */
  public static final int MAX_ITERATIONS = 1_000;

  private static final CelType STRINGS = ListType.create(SimpleType.STRING);

  private static final Map<String, CelType> VARIABLES = variables();

  private static final Cel CEL = environment();

  private static final CelValidator VALIDATOR =
      CelValidatorFactory.standardCelValidatorBuilder(CEL)
          .addAstValidators(
              AstDepthLimitValidator.newInstance(MAX_DEPTH), RegexLiteralValidator.INSTANCE)
          .build();

  private PolicyLanguage() {}

  /**
   * Compiles a condition that will be asked at these stages.
   *
   * @throws ConditionException naming the first error and its line and column in the condition
   */
  public static Condition compile(String source, Set<Stage> stages) throws ConditionException {
    try {
      CelAbstractSyntaxTree tree = checked(CEL.compile(source), source);
      checked(VALIDATOR.validate(tree), source);
      refuseVariablesOfLaterStages(tree, stages);
      return new Condition(source, CEL.createProgram(tree));
    } catch (CelEvaluationException | CelValidationException e) {
      throw new ConditionException("condition cannot be planned", e);
    }
  }

  private static CelAbstractSyntaxTree checked(CelValidationResult result, String source)
      throws ConditionException, CelValidationException {
    if (result.hasError()) {
      throw new ConditionException(describe(result.getErrors().getFirst(), source), null);
    }
    return result.getAst();
  }

  private static String describe(CelIssue issue, String source) {
    var at = issue.getSourceLocation();
    var message = issue.getMessage().strip().replaceAll("\\s+", " ");
    var what = Undeclared.describe(message, source, at.getLine(), at.getColumn()).orElse(message);
    return what + " (at %d:%d of the condition)".formatted(at.getLine(), at.getColumn() + 1);
  }

  private static void refuseVariablesOfLaterStages(CelAbstractSyntaxTree tree, Set<Stage> stages)
      throws ConditionException {
    for (var reference : tree.getReferenceMap().values()) {
      for (var stage : stages) {
        if (!exists(reference.name(), stage)) {
          throw new ConditionException(
              "`%s` does not exist at stage %s".formatted(reference.name(), stage.word()), null);
        }
      }
    }
  }

  private static boolean exists(String variable, Stage stage) {
    return switch (stage) {
      case ADMISSION -> !variable.startsWith("image.") && !variable.startsWith("output.");
      case INPUT -> !variable.startsWith("output.");
      case OUTPUT -> true;
    };
  }

  /** The names a condition may use. */
  static Set<String> names() {
    return VARIABLES.keySet();
  }

  private static Map<String, CelType> variables() {
    var variables = new LinkedHashMap<String, CelType>();
    variables.put("stage", SimpleType.STRING);
    variables.put("now", SimpleType.TIMESTAMP);
    variables.put("tenant", SimpleType.STRING);
    variables.put("roles", STRINGS);
    variables.put("capability", SimpleType.STRING);
    variables.put("area", SimpleType.STRING);
    variables.put("jurisdictions", STRINGS);
    variables.put("purpose.id", SimpleType.STRING);
    variables.put("purpose.registered", SimpleType.BOOL);
    variables.put("purpose.legal_basis", SimpleType.STRING);
    variables.put("subjects.named", SimpleType.INT);
    variables.put("subjects.without_consent", SimpleType.INT);
    variables.put("screening.verdict", SimpleType.STRING);
    variables.put("screening.categories", STRINGS);
    variables.put("screening.signals", STRINGS);
    variables.put("image.present", SimpleType.BOOL);
    variables.put("image.width", SimpleType.INT);
    variables.put("image.height", SimpleType.INT);
    variables.put("image.sharpness", SimpleType.DOUBLE);
    variables.put("image.brightness", SimpleType.DOUBLE);
    variables.put("image.contrast", SimpleType.DOUBLE);
    variables.put("output.present", SimpleType.BOOL);
    variables.put("output.findings", SimpleType.INT);
    return Map.copyOf(variables);
  }

  private static Cel environment() {
    var builder =
        CelFactory.plannerCelBuilder()
            .setOptions(
                CelOptions.current()
                    // The planner refuses to start without it.
                    .enableHeterogeneousNumericComparisons(true)
                    .maxExpressionCodePointSize(MAX_LENGTH)
                    .maxParseRecursionDepth(2 * MAX_DEPTH)
                    .comprehensionMaxIterations(MAX_ITERATIONS)
                    .maxRegexProgramSize(2_000)
                    .build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    VARIABLES.forEach(builder::addVar);
    return builder.build();
  }
}
