package dev.cordon.core.routing;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.screening.PromptScreen;
import jakarta.enterprise.context.ApplicationScoped;

/** Binds an admitted call to the in-process model it holds, the only target of this version. */
@ApplicationScoped
public class Router {
  private final PromptScreen screen;

  public Router(PromptScreen screen) {
    this.screen = screen;
  }

  /** A handle over this image, for as long as the call lasts; the trail notes model and target. */
  public Route route(Admitted admitted, DecodedImage picture, Cancellation call) {
    OnnxImageTextModel model = admitted.model();
    ModelPackage pack = model.pack();
    admitted.trail().routed(pack.digest(), "edge");
    return new Route(
        new ScreenedVisionLanguage(
            model.bind(picture, call), screen, admitted.trail().request().texts()),
        "edge",
        Route.Answering.of(pack),
        "edge is the only target of this host");
  }
}
