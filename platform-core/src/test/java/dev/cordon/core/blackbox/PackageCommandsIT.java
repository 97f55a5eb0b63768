package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.cordon.models.digest.Sha256;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command line against a mirror on loopback that serves the files of a toy. */
@Tag("R47")
class PackageCommandsIT {
  private static final Path STARTER = HostProcess.ROOT.resolve("models").resolve("starter");
  private static final Path TOY = ToyPackages.FAMILIES.resolve("clip-vit-b32");
  private static final String NAME = "clip-vit-base-patch16";
  private static final Map<String, String> FILES =
      Map.of(
          "onnx/vision_model_quantized.onnx", "vision_model.onnx",
          "onnx/text_model_quantized.onnx", "text_model.onnx",
          "tokenizer.json", "tokenizer.json");

  @TempDir Path data;
  private HttpServer mirror;

  @BeforeEach
  void serve() throws Exception {
    mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror.createContext(
        "/hub/Xenova/clip-vit-base-patch16/resolve/main/",
        call -> {
          try (call) {
            String path = call.getRequestURI().getPath().replaceFirst(".*/resolve/main/", "");
            byte[] content = Files.readAllBytes(TOY.resolve(FILES.get(path)));
            call.sendResponseHeaders(200, content.length);
            call.getResponseBody().write(content);
          }
        });
    mirror.start();
  }

  @AfterEach
  void stop() {
    mirror.stop(0);
  }

  @Test
  void pullsFromAMirrorAndVerifiesWhatItPulled() throws Exception {
    HostProcess.Ended pulled = pull();
    assertEquals(0, pulled.code(), pulled.output());
    assertTrue(pulled.output().contains(NAME + " main+"), pulled.output());

    HostProcess.Ended listed = run("models", "list");
    assertEquals(0, listed.code(), listed.output());
    assertTrue(listed.output().contains("configured starter-"), listed.output());
    assertTrue(listed.output().contains("knows about 1,123 nouns"), listed.output());
    assertTrue(listed.output().contains("installed " + NAME), listed.output());

    HostProcess.Ended verified = run("models", "verify", NAME);
    assertEquals(0, verified.code(), verified.output());
    assertTrue(verified.output().contains("papers lack `"), verified.output());

    Files.writeString(data.resolve("models").resolve(NAME).resolve("more"), "");
    HostProcess.Ended refused = run("models", "verify", NAME);
    assertEquals(1, refused.code(), refused.output());
    assertTrue(refused.output().contains("file `more` is not signed"), refused.output());
  }

  @Test
  void pullsNothingWithoutItsDigests() throws Exception {
    HostProcess.Ended refused = run("models", "pull", NAME);

    assertEquals(1, refused.code(), refused.output());
    assertTrue(refused.output().contains("is not known here; give it"), refused.output());
    assertFalse(Files.exists(data.resolve("models").resolve(NAME)));
  }

  @Test
  void importsASignedFolder() throws Exception {
    HostProcess.Ended taken = run("models", "import", STARTER.toString());

    assertEquals(0, taken.code(), taken.output());
    assertTrue(taken.output().contains(" verified"), taken.output());
    assertTrue(taken.output().contains("parity: text tower"), taken.output());
  }

  private HostProcess.Ended pull() throws Exception {
    List<String> arguments = new java.util.ArrayList<>(List.of("models", "pull", NAME));
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      arguments.add("--sha256");
      arguments.add(file.getKey() + "=" + Sha256.of(TOY.resolve(file.getValue())));
    }
    return run(arguments.toArray(String[]::new));
  }

  private HostProcess.Ended run(String... arguments) throws Exception {
    String address = "http://127.0.0.1:" + mirror.getAddress().getPort() + "/hub";
    return HostProcess.run(data, Map.of("CORDON_MODELS_MIRROR", address), List.of(), arguments);
  }
}
