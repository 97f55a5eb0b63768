package dev.cordon.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cordon.models.manifest.Proposer;
import dev.cordon.models.preprocessing.ImageInput;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The graph of a proposal model, loaded, checked against the manifest and run once. Safe for many
 * threads; after {@link #close} every call is refused as unavailable.
 */
public final class OnnxProposer implements OnnxCompanion {
  private final ModelPackage pack;
  private final Proposer declared;
  private final Graph graph;
  private final ImageInput preparing;
  private final Turns turns;

  private OnnxProposer(ModelPackage pack, Proposer declared, Graph graph, OnnxOptions options) {
    this.pack = pack;
    this.declared = declared;
    this.graph = graph;
    this.preparing = new ImageInput(declared.preprocessing());
    this.turns = new Turns("the proposal model", options);
  }

  /** Loads the graph and runs it once; what is not as the manifest says is refused by name. */
  public static OnnxProposer load(ModelPackage pack, OnnxOptions options)
      throws ModelPackageException {
    Proposer declared = pack.manifest().proposer();
    if (declared == null) {
      throw new ModelPackageException("the package proposes no regions");
    }
    Graph graph =
        Graph.open(
            pack,
            declared.graph(),
            options,
            List.of(declared.input()),
            List.of(declared.boxes(), declared.scores()));
    OnnxProposer proposer = new OnnxProposer(pack, declared, graph, options);
    try {
      proposer.propose(new RgbImage(2, 1, new byte[6]), Cancellation.none());
    } catch (PluginException e) {
      proposer.close();
      throw new ModelPackageException("the graph does not run: " + e.getMessage(), e);
    }
    return proposer;
  }

  @Override
  public ModelPackage pack() {
    return pack;
  }

  /** Regions of the picture that may hold a thing, all inside it, the likeliest first. */
  public List<Region> propose(RgbImage image, Cancellation call) throws PluginException {
    return boxes(image, call).regions(new ImageGeometry(image.width(), image.height()));
  }

  /** What the graph itself says. */
  ProposedBoxes boxes(RgbImage image, Cancellation call) throws PluginException {
    return turns.run(call, how -> run(image, how));
  }

  private ProposedBoxes run(RgbImage image, OrtSession.RunOptions how)
      throws OrtException, PluginException {
    FloatBuffer pixels = Floats.direct(preparing.length());
    preparing.prepare(image, new ImageGeometry(image.width(), image.height()).whole(), pixels);
    long[] shape = declared.input().shape().stream().mapToLong(Long::longValue).toArray();
    String boxes = declared.boxes().name();
    String scores = declared.scores().name();
    try (OnnxTensor input = OnnxTensor.createTensor(graph.environment(), pixels.rewind(), shape);
        OrtSession.Result result =
            graph.run(Map.of(declared.input().name(), input), Set.of(boxes, scores), how)) {
      return ProposedBoxes.of(Floats.of(result, boxes), Floats.of(result, scores));
    }
  }

  @Override
  public void close() {
    turns.close(graph::close);
  }
}
