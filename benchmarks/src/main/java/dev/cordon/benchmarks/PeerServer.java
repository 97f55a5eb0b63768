package dev.cordon.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.Preprocessing;
import dev.cordon.models.registry.ModelPackage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * transformers.js with onnxruntime-node behind a plain HTTP server, over the image graph of the
 * same package and the same text vectors. It has no token, screen, policy, consent or log.
 */
final class PeerServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final URI url;

  private PeerServer(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  static PeerServer start(Path home, Path folder, ModelPackage pack, float[][] texts, int threads)
      throws IOException {
    Path layout = layOut(folder, pack, texts);
    Process process =
        new ProcessBuilder("node", "server.mjs", layout.toString(), Integer.toString(threads))
            .directory(home.resolve("benchmarks/peer").toFile())
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready on ")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(System.err::println));
        return new PeerServer(
            process, URI.create(line.substring("ready on ".length()) + "/analyse"));
      }
      System.err.println(line);
    }
    throw new IOException("the peer ended before it was ready; needs node >= 20.19");
  }

  /** The folder as transformers.js wants it. */
  private static Path layOut(Path folder, ModelPackage pack, float[][] texts) throws IOException {
    ModelManifest manifest = pack.manifest();
    Path layout = Files.createTempDirectory("cordon-peer");
    Files.createDirectory(layout.resolve("onnx"));
    Files.createSymbolicLink(
        layout.resolve("onnx/vision_model.onnx"),
        folder.resolve(manifest.image().graph()).toAbsolutePath());
    Preprocessing how = manifest.image().preprocessing();
    Map<String, Object> processor = new LinkedHashMap<>();
    processor.put("image_processor_type", "CLIPImageProcessor");
    processor.put("do_convert_rgb", true);
    processor.put("do_resize", true);
    processor.put("size", Map.of("shortest_edge", how.size()));
    processor.put("resample", 3);
    processor.put("do_center_crop", true);
    processor.put("crop_size", Map.of("height", how.size(), "width", how.size()));
    processor.put("do_rescale", true);
    processor.put("rescale_factor", how.range() / 255.0);
    processor.put("do_normalize", true);
    processor.put("image_mean", how.mean());
    processor.put("image_std", how.std());
    write(layout.resolve("preprocessor_config.json"), processor);
    write(layout.resolve("config.json"), Map.of("model_type", "clip_vision_model"));
    write(
        layout.resolve("texts.json"),
        Map.of("scale", manifest.calibration().softmaxScale(), "vectors", List.of(texts)));
    return layout;
  }

  private static void write(Path file, Object value) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(value));
  }

  double[] analyse(byte[] jpeg) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setFixedLengthStreamingMode(jpeg.length);
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(jpeg);
    }
    if (connection.getResponseCode() != 200) {
      throw new IOException("the peer answered " + connection.getResponseCode());
    }
    try (InputStream in = connection.getInputStream()) {
      return JSON.readValue(in, double[].class);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
