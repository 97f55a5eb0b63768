package dev.cordon.models.onnx;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.PluginException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a proposal model must compute before it is taken in. */
final class ProposerCheck {
  private ProposerCheck() {}

  static void run(ModelPackage pack, OnnxOptions options, Consumer<String> said)
      throws ModelPackageException, PluginException {
    double prepared = new PreparationCheck(pack.manifest().proposer().preprocessing()).run();
    said.accept(
        "pictures are prepared as declared, largest difference "
            + String.format(Locale.ROOT, "%.1e", prepared));
    try (OnnxProposer proposer = OnnxProposer.load(pack, options)) {
      said.accept("the graph loads and runs");
      List<ProposedBoxes> boxes = boxes(proposer);
      if (!boxes.equals(boxes(proposer))) {
        throw new ModelPackageException(
            "parity: the proposal model gives other boxes when asked again");
      }
      if (new HashSet<>(boxes).size() == 1) {
        throw new ModelPackageException(
            "parity: the proposal model gives the same boxes whatever it is given");
      }
      said.accept("boxes of " + boxes.size() + " pictures, the same when asked again");
      said.accept("no maker's box is there to compare with");
    }
  }

  private static List<ProposedBoxes> boxes(OnnxProposer proposer) throws PluginException {
    List<ProposedBoxes> boxes = new ArrayList<>();
    for (RgbImage picture : ParitySamples.pictures()) {
      boxes.add(proposer.boxes(picture, Cancellation.none()));
    }
    return boxes;
  }
}
