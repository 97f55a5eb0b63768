package dev.cordon.policy.language;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Map;

/** A compiled condition of a rule; thread-safe. */
public final class Condition {
  private final String source;
  private final Program program;

  Condition(String source, Program program) {
    this.source = source;
    this.program = program;
  }

  /** The text this was compiled from. */
  public String source() {
    return source;
  }

  /**
   * Whether the condition holds.
   *
   * @throws ConditionException when it reads a missing attribute, fails or exceeds its budget
   */
  public boolean holds(Map<String, Object> variables) throws ConditionException {
    try {
      // INVARIANT: anything but a plain true or false is an error, and an error denies.
      if (program.eval(variables) instanceof Boolean value) {
        return value;
      }
      throw new ConditionException("condition is neither true nor false", null);
    } catch (CelEvaluationException | RuntimeException e) {
      throw new ConditionException("condition could not be evaluated", e);
    }
  }
}
