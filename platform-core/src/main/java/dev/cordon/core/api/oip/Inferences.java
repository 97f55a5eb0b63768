package dev.cordon.core.api.oip;

import dev.cordon.core.api.AnalysisDesk;
import dev.cordon.core.api.AnalysisDesk.Asked;
import dev.cordon.core.api.AnswerJson;
import dev.cordon.core.command.AnalysisRequest.Explanation;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.release.Released;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers requests for inference on the governed path; REST and gRPC differ in their form alone.
 */
@Singleton
class Inferences {
  private final AnalysisDesk desk;
  private final InferenceQuestion question;
  private final AnswerTensors tensors;
  private final AnswerJson json;

  Inferences(
      AnalysisDesk desk, InferenceQuestion question, AnswerTensors tensors, AnswerJson json) {
    this.desk = desk;
    this.question = question;
    this.tensors = tensors;
    this.json = json;
  }

  /** The answer: parameters are texts, but for {@code receipt_index}, which is a number. */
  record Answer(
      String model,
      String version,
      String id,
      Map<String, Object> parameters,
      List<OutputTensor> outputs) {}

  /** Answers a request; problems name fields as {@link AnalysisDesk} does. */
  Answer answer(Caller caller, InferenceCall call) {
    Asked asked =
        desk.ask(
            caller,
            question.json(call),
            InferenceQuestion.image(call),
            InferenceQuestion.patience(call));
    String plugin = asked.released().plugin();
    return new Answer(
        call.model(),
        plugin.substring(plugin.lastIndexOf('@') + 1),
        call.id(),
        parameters(asked),
        tensors.of(call, asked));
  }

  private Map<String, Object> parameters(Asked asked) {
    Released released = asked.released();
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("decision_id", released.id().toString());
    parameters.put("decision", json.decision(released));
    parameters.put("route_target", released.route().target());
    parameters.put("route_model", released.route().answering().id());
    parameters.put("route_reason", released.route().reason());
    if (asked.request().wish().explanation() == Explanation.FULL) {
      parameters.put("route_rejected", json.rejected(released));
      parameters.put(
          "route_cost", released.route().course().cost().stripTrailingZeros().toPlainString());
    }
    parameters.put("plugin", released.plugin());
    parameters.put("model_digest", released.route().answering().digest());
    parameters.put("receipt_origin", released.receipt().origin());
    parameters.put("receipt_index", released.receipt().index());
    parameters.put("receipt_leaf_hash", released.receipt().leafHash());
    return parameters;
  }
}
