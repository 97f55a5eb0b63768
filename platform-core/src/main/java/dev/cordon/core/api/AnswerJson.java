package dev.cordon.core.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.core.api.Answers.AnalysisAnswer;
import dev.cordon.core.api.Answers.DecisionBody;
import dev.cordon.core.api.Answers.RejectedBody;
import dev.cordon.core.release.Released;
import jakarta.inject.Singleton;

/** Parts of the API's own bodies as JSON texts, for protocols that carry them in their fields. */
@Singleton
public class AnswerJson {
  private final ObjectMapper json;

  AnswerJson(ObjectMapper json) {
    this.json = json;
  }

  /** The findings as {@code POST /v1/analyses} gives them. */
  public String findings(AnalysisDesk.Asked asked) {
    return write(AnalysisAnswer.of(asked.request(), asked.released()).findings());
  }

  /** The decision as {@code POST /v1/analyses} gives it. */
  public String decision(Released released) {
    return write(DecisionBody.of(released.id(), released.decision()));
  }

  /** The targets that were not taken, as {@code POST /v1/analyses} gives them. */
  public String rejected(Released released) {
    return write(released.route().course().rejected().stream().map(RejectedBody::of).toList());
  }

  private String write(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a body has no JSON", e);
    }
  }
}
