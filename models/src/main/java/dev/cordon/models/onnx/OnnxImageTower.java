package dev.cordon.models.onnx;

import dev.cordon.models.manifest.Batching;
import dev.cordon.models.manifest.ImageTower;
import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.preprocessing.ImageInput;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.PluginException;
import java.util.ArrayList;
import java.util.List;

/** The image tower: regions of pictures to unit vectors. */
final class OnnxImageTower implements ImageVectors, AutoCloseable {
  private final ImageTower tower;
  private final int dimension;
  private final ImageInput input;
  private final Graph graph;
  private final Runs crops;
  private final Runs maps;

  private OnnxImageTower(ImageTower tower, int dimension, Graph graph, OnnxOptions options) {
    this.tower = tower;
    this.dimension = dimension;
    this.input = new ImageInput(tower.preprocessing());
    this.graph = graph;
    OnnxOptions batched = tower.batch() == Batching.EXACT ? options : options.alone();
    this.crops = runs(tower.preprocessing().size(), tower.embedding(), batched, dimension);
    ImageTower.Patches patches = tower.patches();
    this.maps =
        patches == null
            ? null
            : runs(
                patches.size(),
                patches.output(),
                options.alone(),
                patches.grid() * patches.grid(),
                dimension);
  }

  static OnnxImageTower open(ModelPackage pack, OnnxOptions options) throws ModelPackageException {
    return open(pack, pack.manifest().image(), options);
  }

  /** The tower with another of the package's graphs in it. */
  static OnnxImageTower open(ModelPackage pack, ImageTower tower, OnnxOptions options)
      throws ModelPackageException {
    List<Tensor> outputs = new ArrayList<>(List.of(tower.embedding()));
    if (tower.patches() != null) {
      outputs.add(tower.patches().output());
    }
    Graph graph = Graph.open(pack, tower.graph(), options, List.of(tower.input()), outputs);
    return new OnnxImageTower(tower, pack.manifest().dimension(), graph, options);
  }

  private Runs runs(int size, Tensor output, OnnxOptions options, long... vectors) {
    long[] shape = {3, size, size};
    int values = Math.multiplyExact(3, Math.multiplyExact(size, size));
    Feed.Layout layout =
        new Feed.Layout(List.of(tower.input()), values, _ -> shape, output, vectors);
    return new Runs(graph, layout, options);
  }

  @Override
  public List<float[]> embed(List<View> views, Cancellation call) throws PluginException {
    List<Runs.Filler> fillers = new ArrayList<>(views.size());
    for (View view : views) {
      fillers.add(feed -> input.prepare(view.image(), view.region(), feed.floats(0)));
    }
    List<float[]> vectors = crops.run(fillers, call);
    for (float[] vector : vectors) {
      UnitVectors.scale(vector, dimension);
    }
    return vectors;
  }

  @Override
  public float[] embedPatches(RgbImage image, Cancellation call) throws PluginException {
    Runs.Filler filler = feed -> input.squash(image, tower.patches().size(), feed.floats(0));
    return UnitVectors.scale(maps.run(List.of(filler), call).getFirst(), dimension);
  }

  @Override
  public void close() {
    crops.close();
    if (maps != null) {
      maps.close();
    }
    graph.close();
  }
}
