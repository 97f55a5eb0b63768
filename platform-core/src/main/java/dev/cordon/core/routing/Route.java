package dev.cordon.core.routing;

import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.VisionLanguage;
import java.util.List;

/** Where one call runs and why, with the handle that the plugin gets. */
public record Route(VisionLanguage model, Embedding embedding, Course course, Answering answering) {
  /** A route that does not change. */
  public Route(
      VisionLanguage model,
      Embedding embedding,
      String target,
      Answering answering,
      String reason) {
    this(model, embedding, new Course(target, reason, List.of()), answering);
  }

  /** Whether its target gave no answer. */
  public boolean hasFailed() {
    return course.failure().isPresent();
  }

  /** Where the call runs. */
  public String target() {
    return course.target();
  }

  /** Why it runs there. */
  public String reason() {
    return course.reason();
  }

  /** What the caller learns of the model that answers; the description is its package's own. */
  public record Answering(
      String id,
      String version,
      String digest,
      String title,
      String description,
      String family,
      String licence) {
    /** What a package says of itself. */
    public static Answering of(ModelPackage pack) {
      var manifest = pack.manifest();
      return new Answering(
          manifest.id(),
          manifest.version(),
          pack.digest(),
          manifest.title(),
          manifest.description(),
          manifest.family(),
          manifest.licence());
    }
  }
}
