package dev.cordon.models.oip;

import dev.cordon.models.manifest.ImageTower;
import dev.cordon.models.oip.OipTensor.Floats;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.ImageVectors;
import dev.cordon.models.preprocessing.ImageInput;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.spi.PluginException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The image tower on a target: pictures are prepared here, and only what the graph takes leaves.
 */
final class RemoteImageTower implements CheckedTower<ImageVectors> {
  private final OipTarget target;
  private final ImageTower tower;
  private final int dimension;
  private final ImageInput input;

  RemoteImageTower(OipTarget target, ImageTower tower, int dimension) {
    this.target = target;
    this.tower = tower;
    this.dimension = dimension;
    this.input = new ImageInput(tower.preprocessing());
  }

  @Override
  public ImageVectors announcing(Departure departure) {
    return new Announced(departure);
  }

  private final class Announced implements ImageVectors {
    private final Departure departure;

    Announced(Departure departure) {
      this.departure = departure;
    }

    @Override
    public List<float[]> embed(List<View> views, Cancellation call) throws PluginException {
      int size = tower.preprocessing().size();
      int each = 3 * size * size;
      int batch = target.together(each * Float.BYTES, tower.batch());
      List<float[]> vectors = new ArrayList<>(views.size());
      for (int from = 0; from < views.size(); from += batch) {
        List<View> some = views.subList(from, Math.min(views.size(), from + batch));
        FloatBuffer pixels = FloatBuffer.allocate(some.size() * each);
        for (int i = 0; i < some.size(); i++) {
          input.prepare(some.get(i).image(), some.get(i).region(), pixels.slice(i * each, each));
        }
        float[] joined =
            vectors(pixels, size, tower.embedding().name(), call, some.size(), dimension);
        for (int i = 0; i < some.size(); i++) {
          vectors.add(Arrays.copyOfRange(joined, i * dimension, (i + 1) * dimension));
        }
      }
      return vectors;
    }

    @Override
    public float[] embedPatches(RgbImage image, Cancellation call) throws PluginException {
      ImageTower.Patches patches = tower.patches();
      int size = patches.size();
      FloatBuffer pixels = FloatBuffer.allocate(3 * size * size);
      input.squash(image, size, pixels);
      long cells = (long) patches.grid() * patches.grid();
      return vectors(pixels, size, patches.output().name(), call, 1, cells, dimension);
    }

    private float[] vectors(
        FloatBuffer pixels, int size, String output, Cancellation call, long... shape)
        throws PluginException {
      List<Long> sides = List.of(shape[0], 3L, (long) size, (long) size);
      OipTensor sent = new OipTensor(tower.input().name(), sides, new Floats(pixels.array()));
      Inference inference =
          new Inference(
              target.options().model(),
              target.options().version(),
              List.of(sent),
              new Inference.Expected(output, Datatype.FP32, Arrays.stream(shape).boxed().toList()));
      return RemoteVectors.ask(target, inference, dimension, departure, call);
    }
  }
}
