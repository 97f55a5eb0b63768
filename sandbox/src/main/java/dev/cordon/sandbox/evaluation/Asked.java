package dev.cordon.sandbox.evaluation;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Permission;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionLanguage;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One call, with the permissions that the plugin declared and a collection of fifty items. */
record Asked(
    Question question,
    AnswerOptions options,
    Specimen specimen,
    VisionLanguage model,
    Set<Permission> permissions)
    implements Analysis {
  private static final int ITEMS = 50;

  /** Kinds of questions. */
  enum Form {
    LABELS,
    TEXT,
    OPEN;

    Question about(List<String> labels) {
      return switch (this) {
        case LABELS -> new Question.Labels(labels, List.of("a photo of a {}"));
        case TEXT -> new Question.Text(labels.getFirst());
        case OPEN -> new Question.Open();
      };
    }
  }

  @Override
  public boolean hasImage() {
    return true;
  }

  @Override
  public ImageGeometry image() {
    return specimen.image();
  }

  @Override
  public ImageQuality quality() {
    return specimen.quality();
  }

  @Override
  public Pixels pixels() throws PluginException {
    require(Permission.PIXELS);
    return specimen.pixels();
  }

  @Override
  public Gallery gallery() throws PluginException {
    require(Permission.GALLERY);
    return new Gallery() {
      @Override
      public List<Neighbour> nearest(String text, int k) {
        return items(k);
      }

      @Override
      public List<Neighbour> nearest(int k) {
        return items(k);
      }
    };
  }

  static boolean isItem(String name) {
    return items(ITEMS).stream().anyMatch(item -> item.item().equals(name));
  }

  private static List<Gallery.Neighbour> items(int k) {
    return IntStream.range(0, Math.min(k, ITEMS))
        .mapToObj(i -> new Gallery.Neighbour("item-" + i, 0.9f - i / 100f, 0.9f - i / 60f))
        .toList();
  }

  private void require(Permission permission) throws PluginException {
    if (!permissions.contains(permission)) {
      throw new PluginException(
          PluginException.Kind.NOT_PERMITTED, "the plugin did not ask for this permission");
    }
  }
}
