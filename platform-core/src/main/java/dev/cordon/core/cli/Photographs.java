package dev.cordon.core.cli;

import dev.cordon.core.image.DecodedImage;
import dev.cordon.core.image.ImageDecoder;
import dev.cordon.core.image.ImageLimits;
import dev.cordon.core.image.ImageRefused;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.sandbox.evaluation.Specimen;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.VisionLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Photographs of a folder, and plain images of unusual sizes, before a model in this process. */
final class Photographs {
  private static final int MOST = 12;
  private static final List<ImageGeometry> SIZES =
      List.of(
          new ImageGeometry(1, 1),
          new ImageGeometry(1, 2000),
          new ImageGeometry(20_000, 10),
          new ImageGeometry(4000, 3000));

  private Photographs() {}

  static Specimen.Collection of(Path folder, OnnxImageTextModel model) throws IOException {
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    List<Shown> photographs = new ArrayList<>();
    for (Path file : files(folder)) {
      try (DecodedImage image = decoder.decode(Files.readAllBytes(file))) {
        var quality = image.quality();
        photographs.add(
            new Shown(
                image.whole(),
                new ImageQuality(quality.brightness(), quality.contrast(), quality.sharpness()),
                model));
      } catch (ImageRefused e) {
        throw new IOException("`" + file + "`: " + e.getMessage(), e);
      }
    }
    if (photographs.isEmpty()) {
      throw new IOException("`" + folder + "` holds no photograph");
    }
    return new Specimen.Collection(
        photographs, SIZES.stream().map(size -> plain(size, model)).toList());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.toString().matches(".*\\.(jpe?g|png|webp)"))
          .sorted()
          .limit(MOST)
          .toList();
    }
  }

  /** A ramp, so that it has some contrast. */
  private static Shown plain(ImageGeometry size, OnnxImageTextModel model) {
    byte[] rgb = new byte[3 * size.width() * size.height()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3);
    }
    RgbImage image = new RgbImage(size.width(), size.height(), rgb);
    return new Shown(image, new ImageQuality(0.5, 0.25, 0.05), model);
  }

  private record Shown(RgbImage picture, ImageQuality quality, OnnxImageTextModel model)
      implements Specimen {
    @Override
    public ImageGeometry image() {
      return new ImageGeometry(picture.width(), picture.height());
    }

    @Override
    public Pixels pixels() {
      return picture::part;
    }

    @Override
    public VisionLanguage bind() {
      return model.bind(picture);
    }
  }
}
