package dev.cordon.models.onnx;

import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.Finding.PromptPoint;
import dev.cordon.spi.Finding.SegmentationPrompt;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** What a segmenter must compute before it is taken in. */
final class SegmenterCheck {
  private static final int PICTURES = 2;

  private SegmenterCheck() {}

  static void run(ModelPackage pack, OnnxOptions options, Consumer<String> said)
      throws ModelPackageException, PluginException {
    try (OnnxSegmenter segmenter = OnnxSegmenter.load(pack, options)) {
      said.accept("both graphs load and run");
      List<SegmentedMask> masks = masks(segmenter);
      if (!masks.equals(masks(segmenter))) {
        throw new ModelPackageException(
            "parity: the segmenter gives another mask when asked again");
      }
      if (new HashSet<>(masks).size() == 1) {
        throw new ModelPackageException(
            "parity: the segmenter gives the same mask whatever it is given");
      }
      said.accept(masks.size() + " masks, the same when asked again");
      said.accept("no maker's mask is there to compare with");
    }
  }

  /** Of a point and of a box with its point, on each picture. */
  private static List<SegmentedMask> masks(OnnxSegmenter segmenter) throws PluginException {
    List<SegmentedMask> masks = new ArrayList<>();
    for (RgbImage picture : ParitySamples.pictures().subList(0, PICTURES)) {
      int width = picture.width();
      int height = picture.height();
      List<PromptPoint> middle = List.of(new PromptPoint(width / 2, height / 2, true));
      Region part = new Region(width / 4, height / 4, width / 2, height / 2);
      OnnxSegmenter.Embedded embedded = segmenter.embed(picture, Cancellation.none());
      masks.add(embedded.mask(new SegmentationPrompt("", 1, middle, null, null)));
      masks.add(embedded.mask(new SegmentationPrompt("", 1, middle, part, null)));
    }
    return masks;
  }
}
