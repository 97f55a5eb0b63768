package dev.cordon.core.api.oip;

import dev.cordon.core.api.AnalysisDesk;
import dev.cordon.core.api.AnalysisDesk.Asked;
import dev.cordon.core.api.AnswerJson;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.problem.Problem;
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
  private final ModelCards cards;

  Inferences(
      AnalysisDesk desk,
      InferenceQuestion question,
      AnswerTensors tensors,
      AnswerJson json,
      ModelCards cards) {
    this.desk = desk;
    this.question = question;
    this.tensors = tensors;
    this.json = json;
    this.cards = cards;
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
    // Before the question: once its leaf is there, nothing may keep the answer back.
    String version = version(caller, call);
    Asked asked =
        desk.ask(
            caller,
            question.json(call),
            InferenceQuestion.image(call),
            InferenceQuestion.patience(call));
    return new Answer(
        call.model(), version, call.id(), parameters(asked.released()), tensors.of(call, asked));
  }

  /** The version that answers; one that was asked for must be it. */
  private String version(Caller caller, InferenceCall call) {
    try {
      return cards.card(caller.tenant(), call.model(), call.version()).version();
    } catch (Problem unknown) {
      if (call.version().isEmpty()) {
        // The governed path refuses it, with a leaf.
        return "";
      }
      throw unknown;
    }
  }

  private Map<String, Object> parameters(Released released) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("decision_id", released.id().toString());
    parameters.put("decision", json.decision(released));
    parameters.put("route_target", released.route().target());
    parameters.put("route_model", released.route().answering().id());
    parameters.put("route_reason", released.route().reason());
    parameters.put("model_digest", released.route().answering().digest());
    parameters.put("receipt_origin", released.receipt().origin());
    parameters.put("receipt_index", released.receipt().index());
    parameters.put("receipt_leaf_hash", released.receipt().leafHash());
    return parameters;
  }
}
