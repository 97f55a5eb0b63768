package dev.cordon.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.cordon.models.manifest.ImageTower;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.preprocessing.ImageInput;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The image tower: pixels to unit vectors, over direct buffers and pinned outputs. */
final class OnnxImageTower implements AutoCloseable {
  private final ImageTower tower;
  private final int dimension;
  private final ImageInput input;
  private final Graph graph;
  private final Slots<ImageSlot> crops;
  private final Slots<ImageSlot> maps;

  private OnnxImageTower(ModelManifest manifest, Graph graph) {
    this.tower = manifest.image();
    this.dimension = manifest.dimension();
    this.input = new ImageInput(tower.preprocessing());
    this.graph = graph;
    int size = tower.preprocessing().size();
    this.crops = new Slots<>(() -> slot(size, tower.embedding(), 1, dimension));
    this.maps =
        new Slots<>(
            () -> {
              ImageTower.Patches patches = tower.patches();
              int cells = patches.grid() * patches.grid();
              return slot(patches.size(), patches.output(), 1, cells, dimension);
            });
  }

  static OnnxImageTower open(ModelPackage pack, OnnxOptions options) throws ModelPackageException {
    ImageTower tower = pack.manifest().image();
    List<Tensor> outputs = new ArrayList<>(List.of(tower.embedding()));
    if (tower.patches() != null) {
      outputs.add(tower.patches().output());
    }
    Graph graph = Graph.open(pack, tower.graph(), options, List.of(tower.input()), outputs);
    return new OnnxImageTower(pack.manifest(), graph);
  }

  /** The unit vector of a region that lies inside the image. */
  float[] embed(RgbImage image, Region region) throws PluginException {
    return crops.run(
        slot -> {
          input.crop(image, region, slot.pixels);
          return slot.run();
        });
  }

  /** A unit vector for each cell of the patch grid, row by row; the package has patches. */
  float[] embedPatches(RgbImage image) throws PluginException {
    return maps.run(
        slot -> {
          input.squash(image, tower.patches().size(), slot.pixels);
          return slot.run();
        });
  }

  @Override
  public void close() {
    crops.close();
    maps.close();
    graph.close();
  }

  private ImageSlot slot(int size, Tensor output, long... shape) throws OrtException {
    FloatBuffer pixels = direct(3 * size * size);
    FloatBuffer vectors = direct((int) (shape.length == 2 ? shape[1] : shape[1] * shape[2]));
    OnnxTensor in =
        OnnxTensor.createTensor(graph.environment(), pixels, new long[] {1, 3, size, size});
    OnnxTensor out = OnnxTensor.createTensor(graph.environment(), vectors, shape);
    return new ImageSlot(
        pixels, vectors, Map.of(tower.input().name(), in), Map.of(output.name(), out));
  }

  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Buffers of one run: the runtime reads and writes them in place. */
  private final class ImageSlot implements Slots.Slot {
    private final FloatBuffer pixels;
    private final FloatBuffer vectors;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    ImageSlot(
        FloatBuffer pixels,
        FloatBuffer vectors,
        Map<String, OnnxTensor> inputs,
        Map<String, OnnxTensor> outputs) {
      this.pixels = pixels;
      this.vectors = vectors;
      this.inputs = inputs;
      this.outputs = outputs;
    }

    float[] run() throws OrtException, PluginException {
      // The result owns nothing here: its only output is pinned to this slot.
      graph.session().run(inputs, outputs).close();
      return UnitVectors.copy(vectors, dimension);
    }

    @Override
    public void close() {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }
}
