package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.api.Answers.DecisionBody;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** RFC 9457 problem details with the decision and the receipt, where a decision was made. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemBody(
    String type,
    String title,
    int status,
    String detail,
    Optional<String> error,
    String code,
    Optional<String> field,
    Optional<UUID> id,
    Optional<DecisionBody> decision,
    Optional<Receipt> receipt) {
  static final String MEDIA_TYPE = "application/problem+json";

  /** When a caller may try again after a 503. */
  static final String RETRY_SECONDS = "2";

  static ProblemBody of(Problem problem) {
    return new ProblemBody(
        "about:blank",
        title(problem.code()),
        problem.status(),
        problem.getMessage(),
        Optional.empty(),
        problem.code(),
        problem.field(),
        problem.refusal().map(Problem.Refusal::id),
        problem
            .refusal()
            .flatMap(
                refusal ->
                    refusal.decision().map(decision -> DecisionBody.of(refusal.id(), decision))),
        problem.refusal().map(Problem.Refusal::receipt));
  }

  /** In the form that clients of an address understand. */
  ProblemBody at(String path) {
    return path.equals("/v2") || path.startsWith("/v2/") ? ofInference() : this;
  }

  /** With the one text that clients of the Open Inference Protocol read. */
  ProblemBody ofInference() {
    return new ProblemBody(
        type, title, status, detail, Optional.of(inWords()), code, field, id, decision, receipt);
  }

  /** Code, field and detail in one line. */
  String inWords() {
    return code + field.map(name -> " at `" + name + "`").orElse("") + ": " + detail;
  }

  ProblemBody withoutDecision() {
    return new ProblemBody(
        type, title, status, detail, error, code, field, id, Optional.empty(), receipt);
  }

  static Response response(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(MEDIA_TYPE).entity(of(problem));
    return switch (problem.status()) {
      case 401 -> answer.header("WWW-Authenticate", "Bearer").build();
      case 503 -> answer.header("Retry-After", RETRY_SECONDS).build();
      default -> answer.build();
    };
  }

  /** Denials of the policy carry codes of rules, which have no title of their own. */
  private static String title(String code) {
    return Arrays.stream(Code.values())
        .filter(known -> known.name().equals(code))
        .map(Code::title)
        .findFirst()
        .orElse("the policy does not permit this");
  }
}
