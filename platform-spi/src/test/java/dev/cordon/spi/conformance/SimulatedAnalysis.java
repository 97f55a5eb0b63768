package dev.cordon.spi.conformance;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Permission;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.VisionLanguage;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One call as a host hands it over, with the permissions that the plugin declared. */
public record SimulatedAnalysis(
    Question question,
    AnswerOptions options,
    ImageGeometry image,
    VisionLanguage model,
    Set<Permission> permissions,
    List<Region> proposed)
    implements Analysis {
  private static final int ITEMS = 50;

  /** Of a host that has no proposal model. */
  public SimulatedAnalysis(
      Question question,
      AnswerOptions options,
      ImageGeometry image,
      VisionLanguage model,
      Set<Permission> permissions) {
    this(question, options, image, model, permissions, List.of());
  }

  @Override
  public boolean hasImage() {
    return true;
  }

  @Override
  public ImageQuality quality() {
    return new ImageQuality(0.5, 0.2, 0.01);
  }

  @Override
  public Pixels pixels() throws PluginException {
    require(Permission.PIXELS);
    return region -> {
      byte[] grey = new byte[Math.multiplyExact(3, region.width() * region.height())];
      java.util.Arrays.fill(grey, (byte) 127);
      return grey;
    };
  }

  @Override
  public Gallery gallery() throws PluginException {
    require(Permission.GALLERY);
    return new Gallery() {
      @Override
      public List<Neighbour> nearest(String text, int k) {
        return items(text.hashCode(), k);
      }

      @Override
      public List<Neighbour> nearest(int k) {
        return items(1, k);
      }
    };
  }

  @Override
  public List<Region> proposals() throws PluginException {
    require(Permission.PROPOSALS);
    return proposed;
  }

  private static List<Gallery.Neighbour> items(int seed, int k) {
    return IntStream.range(0, Math.min(k, ITEMS))
        .mapToObj(
            i ->
                new Gallery.Neighbour(
                    "item-" + Math.floorMod(seed + i, ITEMS), 0.9f - i / 100f, 0.9f - i / 60f))
        .toList();
  }

  private void require(Permission permission) throws PluginException {
    if (!permissions.contains(permission)) {
      throw new PluginException(Kind.NOT_PERMITTED, "the plugin did not ask for this permission");
    }
  }
}
