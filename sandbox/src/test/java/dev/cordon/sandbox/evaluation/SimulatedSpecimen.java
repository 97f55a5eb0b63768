package dev.cordon.sandbox.evaluation;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.VisionLanguage;
import dev.cordon.spi.conformance.SimulatedModel;
import java.util.List;
import java.util.Random;

/** An image in which everything is a little like everything, by chance but always the same. */
record SimulatedSpecimen(ImageGeometry image, long seed) implements Specimen {
  static final Specimen.Collection SOME =
      new Specimen.Collection(
          List.of(
              new SimulatedSpecimen(new ImageGeometry(640, 427), 1),
              new SimulatedSpecimen(new ImageGeometry(427, 640), 2)),
          List.of(
              new SimulatedSpecimen(new ImageGeometry(1, 1), 3),
              new SimulatedSpecimen(new ImageGeometry(20_000, 10), 4)));

  @Override
  public ImageQuality quality() {
    return new ImageQuality(0.5, 0.2, 0.01);
  }

  @Override
  public Pixels pixels() {
    return region -> new byte[3 * region.width() * region.height()];
  }

  @Override
  public VisionLanguage bind() {
    return new SimulatedModel(
        image,
        (region, text) ->
            0.3 * new Random(seed ^ (31L * region.hashCode() + text.hashCode())).nextDouble());
  }
}
