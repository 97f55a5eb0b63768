package dev.cordon.core.api.oip;

import dev.cordon.core.catalog.PluginCatalog;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.spi.PluginDescriptor;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the host tells of itself and of its capabilities, which are the protocol's models. */
@Singleton
class ModelCards {
  static final String NAME = "cordon";
  static final String PLATFORM = "cordon_capability";
  static final List<String> EXTENSIONS = List.of("binary_tensor_data");

  private static final long ANY = -1;

  private final PluginCatalog plugins;
  private final ActiveModel active;
  private final SmallRyeHealthReporter health;
  private final String version;

  ModelCards(
      PluginCatalog plugins,
      ActiveModel active,
      SmallRyeHealthReporter health,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.plugins = plugins;
    this.active = active;
    this.health = health;
    this.version = version;
  }

  /** Name, type and shape of a tensor; a dimension of -1 is as the request or the answer has it. */
  record Tensor(String name, String datatype, List<Long> shape) {}

  /**
   * A capability: a version is a plugin's, and there are several where packages of several answer
   * for different purposes of the tenant.
   */
  record Card(String name, List<String> versions) {
    /** An image is always needed, and labels or a text where the capability asks for words. */
    static List<Tensor> inputs() {
      return List.of(
          new Tensor(InferenceQuestion.IMAGE, InputTensor.BYTES, List.of(1L)),
          new Tensor(InferenceQuestion.LABELS, InputTensor.BYTES, List.of(ANY)),
          new Tensor(InferenceQuestion.TEXT, InputTensor.BYTES, List.of(1L)));
    }

    static List<Tensor> outputs() {
      return List.of(
          new Tensor(AnswerTensors.FINDINGS, InputTensor.BYTES, List.of(1L)),
          new Tensor(AnswerTensors.LABELS, InputTensor.BYTES, List.of(ANY)),
          new Tensor(AnswerTensors.SCORES, "FP32", List.of(ANY)),
          new Tensor(AnswerTensors.BOXES, "FP32", List.of(ANY, AnswerTensors.BOX)));
    }
  }

  String version() {
    return version;
  }

  /** The card of a capability, by any of its versions, which may be left unnamed. */
  Card card(String tenant, String capability, String asked) {
    List<String> versions =
        plugins.describe(tenant, capability).stream()
            .map(PluginDescriptor::version)
            .distinct()
            .toList();
    if (!asked.isEmpty() && !versions.contains(asked)) {
      throw Problem.at(
          "model_version",
          Code.NOT_FOUND,
          "what answers is version " + String.join(" or ", versions));
    }
    return new Card(capability, asked.isEmpty() ? versions : List.of(asked));
  }

  /** Whether calls are answered: policy, database and model stand. */
  boolean isReady() {
    return !health.getReadiness().isDown();
  }

  /** Whether a model package answers for the capabilities. */
  boolean hasModel() {
    return active.serving().isPresent();
  }
}
