package dev.cordon.spi.conformance;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import dev.cordon.spi.conformance.SimulatedModel.World;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What a plugin is shown: by chance, but always the same for the same seed. */
final class Chance {
  private static final int REGIONS = 32;

  private Chance() {}

  /** A picture in which everything is a little like everything. */
  static World world(long seed) {
    return (region, text) ->
        0.3 * new Random(seed ^ (31L * region.hashCode() + text.hashCode())).nextDouble();
  }

  /** As many as a host proposes, anywhere in the image. */
  static List<Region> regions(long seed, ImageGeometry image) {
    Random random = new Random(seed);
    return IntStream.range(0, REGIONS)
        .mapToObj(
            i -> {
              int x = random.nextInt(image.width());
              int y = random.nextInt(image.height());
              int width = 1 + random.nextInt(image.width() - x);
              return new Region(x, y, width, 1 + random.nextInt(image.height() - y));
            })
        .toList();
  }
}
