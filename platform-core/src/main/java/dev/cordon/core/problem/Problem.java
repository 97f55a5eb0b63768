package dev.cordon.core.problem;

import dev.cordon.audit.leaf.Receipt;
import dev.cordon.policy.evaluation.Decision;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A call that ends without an answer. The detail is for the caller and holds no image or prompt
 * content; the field names the part of the request to mend.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Optional<String> field;
  private final transient Optional<Refusal> refusal;

  /** What stands on record about a refused call. */
  public record Refusal(UUID id, Optional<Decision> decision, Receipt receipt) {}

  private Problem(
      int status, String code, String detail, String field, Refusal refusal, Throwable cause) {
    super(detail, cause, false, false);
    this.status = status;
    this.code = code;
    this.field = Optional.ofNullable(field);
    this.refusal = Optional.ofNullable(refusal);
  }

  /** A problem of the whole request. */
  public static Problem of(Code code, String detail) {
    return new Problem(code.status(), code.name(), detail, null, null, null);
  }

  /** A problem of the whole request with the fault that led to it. */
  public static Problem of(Code code, String detail, Throwable cause) {
    return new Problem(code.status(), code.name(), detail, null, null, cause);
  }

  /** A problem of one field, named as in the request, such as {@code request.labels[3]}. */
  public static Problem at(String field, Code code, String detail) {
    return new Problem(code.status(), code.name(), detail, field, null, null);
  }

  /** A denial of the policy. */
  public static Problem denied(Decision decision) {
    return new Problem(
        403, decision.code(), decision.explanation(), field(decision.code()), null, null);
  }

  /** Codes of the shipped floor that one field of the request answers for. */
  private static String field(String code) {
    return switch (code) {
      case "PURPOSE_UNKNOWN" -> "request.purpose";
      case "CONSENT_MISSING" -> "request.subjects";
      default -> null;
    };
  }

  /** The same problem with what the audit log now says of it. */
  public Problem recorded(Refusal record) {
    return new Problem(status, code, getMessage(), field.orElse(null), record, getCause());
  }

  /** The same problem, said of a field by the name it has in another protocol. */
  public Problem renamed(UnaryOperator<String> name) {
    return new Problem(
        status, code, getMessage(), field.map(name).orElse(null), refusal.orElse(null), getCause());
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public Optional<String> field() {
    return field;
  }

  public Optional<Refusal> refusal() {
    return refusal;
  }
}
