package dev.cordon.core.routing;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.gallery.collection.VectorSpace;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.VisionLanguage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Binds an admitted call to the in-process model it holds, the only target of this version. */
@ApplicationScoped
public class Router {
  private final PromptScreen screen;

  public Router(PromptScreen screen) {
    this.screen = screen;
  }

  /**
   * A handle over the call's image, if it has one, for as long as the call lasts; the trail notes
   * model and target.
   */
  public Route route(Admitted admitted, Optional<DecodedImage> picture, Cancellation call) {
    OnnxImageTextModel model = admitted.model();
    ModelPackage pack = model.pack();
    admitted.trail().routed(pack.digest(), "edge");
    TextGate texts = new TextGate(screen, admitted.trail().request().texts());
    VisionLanguage handle =
        picture
            .map(given -> model.bind(given, call))
            .orElseGet(
                () ->
                    new WithoutImage(new ModelInfo(Set.copyOf(pack.manifest().languages()), true)));
    return new Route(
        new ScreenedVisionLanguage(handle, texts),
        new ModelEmbedding(model, picture, texts, call),
        "edge",
        Route.Answering.of(pack),
        "edge is the only target of this host");
  }

  /** What the vectors of a package may be compared with. */
  public VectorSpace space(ModelPackage pack) {
    return ModelEmbedding.space(pack);
  }
}
