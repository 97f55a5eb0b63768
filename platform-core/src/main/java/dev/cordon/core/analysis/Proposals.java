package dev.cordon.core.analysis;

import dev.cordon.core.admission.Admitted;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxProposer;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import java.util.List;
import java.util.Optional;

/**
 * What the proposal model of one call says of its image, once the plugin asks; it runs no earlier
 * and no more than once. Belongs to one call; not thread-safe.
 */
final class Proposals {
  private final Admitted admitted;
  private final Optional<DecodedImage> picture;
  private final Cancellation call;
  private Optional<List<Region>> regions = Optional.empty();
  private Optional<ModelPackage> by = Optional.empty();

  Proposals(Admitted admitted, Optional<DecodedImage> picture, Cancellation call) {
    this.admitted = admitted;
    this.picture = picture;
    this.call = call;
  }

  /** None where the call was admitted without a proposal model, or has no image. */
  List<Region> regions() throws PluginException {
    if (regions.isEmpty()) {
      requireNoFailure();
      regions = Optional.of(proposed());
    }
    return regions.get();
  }

  private List<Region> proposed() throws PluginException {
    if (admitted.proposer().isEmpty() || picture.isEmpty()) {
      return List.of();
    }
    OnnxProposer proposer = admitted.proposer().get();
    // Before it runs, so that a call that fails by it names it too.
    by = Optional.of(proposer.pack());
    admitted.trail().alsoRan(proposer.pack().digest());
    return proposer.propose(picture.get().full(), call);
  }

  /** The package that was asked, if one was; a plugin cannot pass over its failure. */
  Optional<ModelPackage> by() throws PluginException {
    requireNoFailure();
    return by;
  }

  private void requireNoFailure() throws PluginException {
    if (by.isPresent() && regions.isEmpty()) {
      throw new PluginException(Kind.FAULT, "the proposal model has failed in this call");
    }
  }
}
