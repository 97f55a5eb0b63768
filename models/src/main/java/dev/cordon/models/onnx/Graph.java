package dev.cordon.models.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A package's graph in ONNX Runtime, whose inputs and outputs are what the manifest says. */
record Graph(OrtEnvironment environment, OrtSession session) implements AutoCloseable {
  /** Opens verified bytes; a declared tensor that is null is one that the graph must not have. */
  static Graph open(
      ModelPackage pack, String file, OnnxOptions options, List<Tensor> in, List<Tensor> out)
      throws ModelPackageException {
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.setIntraOpNumThreads(options.intraOpThreads());
      settings.setInterOpNumThreads(1);
      // Waiting threads sleep: the host, its database and the other tower want the cores too.
      settings.addConfigEntry("session.intra_op.allow_spinning", "0");
      // The runtime's own messages may hold token ids; failures are told by exceptions.
      settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      Graph graph = new Graph(environment, environment.createSession(pack.read(file), settings));
      try {
        graph.check(file, in, out);
      } catch (ModelPackageException e) {
        graph.close();
        throw e;
      }
      return graph;
    } catch (OrtException e) {
      throw new ModelPackageException("graph `" + file + "` cannot be loaded", e);
    }
  }

  /** Computes the pinned outputs alone; the result owns nothing. */
  void run(
      Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs, OrtSession.RunOptions how)
      throws OrtException {
    session.run(inputs, Set.of(), outputs, how).close();
  }

  /** Computes outputs whose sizes the graph chooses; the caller closes the result. */
  OrtSession.Result run(
      Map<String, OnnxTensor> inputs, Set<String> outputs, OrtSession.RunOptions how)
      throws OrtException {
    return session.run(inputs, outputs, how);
  }

  private void check(String file, List<Tensor> in, List<Tensor> out)
      throws OrtException, ModelPackageException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    for (Tensor tensor : in) {
      check(file, "input", tensor, inputs);
    }
    for (Tensor tensor : out) {
      check(file, "output", tensor, outputs);
    }
    for (String name : inputs.keySet()) {
      if (in.stream().filter(Objects::nonNull).noneMatch(t -> t.name().equals(name))) {
        throw new ModelPackageException(
            "graph `" + file + "` has an input `" + name + "` that the manifest lacks");
      }
    }
  }

  private static void check(String file, String role, Tensor declared, Map<String, NodeInfo> nodes)
      throws ModelPackageException {
    if (declared == null) {
      return;
    }
    NodeInfo node = nodes.get(declared.name());
    if (node == null || !(node.getInfo() instanceof TensorInfo actual)) {
      throw new ModelPackageException(
          "graph `" + file + "` has no " + role + " `" + declared.name() + "`");
    }
    OnnxJavaType type =
        switch (declared.type()) {
          case FLOAT32 -> OnnxJavaType.FLOAT;
          case INT64 -> OnnxJavaType.INT64;
        };
    if (actual.type != type) {
      throw new ModelPackageException(
          "type of %s `%s` in graph `%s` is %s, not as declared"
              .formatted(role, declared.name(), file, actual.type));
    }
    long[] shape = declared.shape().stream().mapToLong(Long::longValue).toArray();
    if (!Arrays.equals(actual.getShape(), shape)) {
      throw new ModelPackageException(
          "shape of %s `%s` in graph `%s` is %s, not as declared"
              .formatted(role, declared.name(), file, Arrays.toString(actual.getShape())));
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the session was closed twice", e);
    }
  }
}
