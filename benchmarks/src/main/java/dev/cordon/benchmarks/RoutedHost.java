package dev.cordon.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.models.registry.ModelPackage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The packaged host with a graph in miniature and one target that has its image tower too. */
record RoutedHost(GovernedHost host, Path data) implements AutoCloseable {
  static final String TARGET = "there";
  private static final int TRIES = 300;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Returns when the target has passed its canary. */
  static RoutedHost start(Path home, URI target, int threads, String... more) throws Exception {
    Path data = Files.createTempDirectory("cordon-bench");
    Path folder = Files.createTempDirectory("cordon-bench-pack");
    try (Stream<Path> files = Files.list(pack(home))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        Files.createDirectories(data.resolve("routing")).resolve("targets.yaml"),
        """
        targets:
          - id: %s
            url: %s
            region: EU
            tenants: [demo]
            data_classes: [unclassified]
            packages: { toy-clip-vit-b32: { image: image } }
            deadline: PT2S
            canary: PT1S
        """
            .formatted(TARGET, target));
    String digest = ModelPackage.open(folder).digest();
    RoutedHost started =
        new RoutedHost(
            GovernedHost.startWith(home, data, folder, digest, threads, List.of(more)), data);
    started.awaitReady();
    return started;
  }

  /** What host and servers run. */
  static Path pack(Path home) {
    return home.resolve("models/testdata/families/clip-vit-b32");
  }

  void awaitReady() throws IOException, InterruptedException {
    String token = DemoIdentity.open(data).token("demo", Set.of("operator"), "cordon");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(host.url() + "/v1/routes"))
            .header("Authorization", "Bearer " + token)
            .build();
    String body = "";
    for (int i = 0; i < TRIES; i++) {
      body = HTTP.send(request, BodyHandlers.ofString()).body();
      for (JsonNode target : JSON.readTree(body).get("targets")) {
        if (target.get("id").asText().equals(TARGET)
            && target.get("state").asText().equals("ready")) {
          return;
        }
      }
      Thread.sleep(100);
    }
    throw new IOException("the target does not become ready: " + body);
  }

  /** Asks, and says where the call ran. */
  String ask(byte[] body) throws IOException {
    return JSON.readTree(host.analyse(body)).get("route").get("target").asText();
  }

  @Override
  public void close() {
    host.close();
  }
}
