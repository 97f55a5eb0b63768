package dev.cordon.core.api.oip;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.core.api.RequestSchema;
import dev.cordon.core.api.oip.InferenceResource.ModelAnswer;
import dev.cordon.core.api.oip.InferenceResource.ModelReadyAnswer;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** What HTTP asks of a capability, at its address or at that of its version. */
@Singleton
class RestModels {
  /** Asked at an address that names no version. */
  static final String ANY_VERSION = "";

  private final ModelCards cards;
  private final Inferences inferences;
  private final RequestSchema schema;
  private final ObjectMapper json;

  RestModels(ModelCards cards, Inferences inferences, RequestSchema schema, ObjectMapper json) {
    this.cards = cards;
    this.inferences = inferences;
    this.schema = schema;
    this.json = json;
  }

  ModelAnswer describe(Caller caller, String model, String version) {
    ModelCards.Card card = card(caller, model, version);
    return new ModelAnswer(
        card.name(),
        card.versions(),
        ModelCards.PLATFORM,
        ModelCards.Card.inputs(),
        ModelCards.Card.outputs());
  }

  ModelReadyAnswer ready(Caller caller, String model, String version) {
    ModelCards.Card card = card(caller, model, version);
    if (!cards.hasModel()) {
      throw Problem.of(Code.MODEL_UNAVAILABLE, "no model package answers");
    }
    return new ModelReadyAnswer(card.name(), true);
  }

  Response infer(
      Caller caller,
      String model,
      String version,
      String header,
      InputStream body,
      HttpHeaders headers) {
    String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.at(
          HttpHeaders.CONTENT_ENCODING, Code.MEDIA_TYPE_UNSUPPORTED, "send the body uncompressed");
    }
    byte[] bytes = read(body);
    return Names.inProtocol(
        () -> {
          RestRequest request = RestRequest.read(schema, model, version, header, bytes);
          return RestAnswer.of(
              json, inferences.answer(caller, request.call()), request.rawOutputs());
        });
  }

  private ModelCards.Card card(Caller caller, String model, String version) {
    return Names.inProtocol(() -> cards.card(caller.tenant(), model, version));
  }

  private static byte[] read(InputStream body) {
    try {
      return body.readAllBytes();
    } catch (IOException e) {
      throw Problem.of(Code.INVALID_REQUEST, "the body could not be read");
    }
  }
}
