package dev.cordon.core.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A real Keycloak on loopback with the realm `cordon`, as the build unpacked it. */
final class KeycloakServer implements AutoCloseable {
  private static final Path UNPACKED = Path.of("target", "keycloak");
  private static final long START_SECONDS = 240;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final URI realm;

  private KeycloakServer(Process process, Path log, URI realm) {
    this.process = process;
    this.log = log;
    this.realm = realm;
  }

  static KeycloakServer start() throws IOException, InterruptedException {
    Path home = home();
    Path realmFile = home.resolve("data").resolve("import").resolve("cordon-realm.json");
    Files.createDirectories(realmFile.getParent());
    try (InputStream realm =
        KeycloakServer.class.getResourceAsStream("/keycloak/cordon-realm.json")) {
      Files.copy(realm, realmFile, StandardCopyOption.REPLACE_EXISTING);
    }
    int port = freePort();
    Path log = Path.of("target", "keycloak.log").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "bash",
                    home.resolve("bin").resolve("kc.sh").toString(),
                    "start-dev",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    // Nothing is kept, so that each run imports the realm as it is now.
                    "--db=dev-mem",
                    "--cache=local",
                    "--import-realm"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
    KeycloakServer server =
        new KeycloakServer(
            builder.start(), log, URI.create("http://127.0.0.1:" + port + "/realms/cordon"));
    try {
      server.awaitReady();
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  String issuer() {
    return realm.toString();
  }

  /** An access token by client credentials. */
  String token(String client) throws IOException, InterruptedException {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s-secret-of-a-test"
            .formatted(client, client);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    if (!answer.hasNonNull("access_token")) {
      throw new IOException("no token for `" + client + "`: " + answer);
    }
    return answer.get("access_token").asText();
  }

  /** The realm's RSA key as everyone may know it, base64. */
  String publicKey() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(realm).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
        .get("public_key")
        .asText();
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }

  private void awaitReady() throws IOException, InterruptedException {
    for (int second = 0; second < START_SECONDS; second++) {
      try {
        int status =
            http.send(HttpRequest.newBuilder(realm).build(), BodyHandlers.discarding())
                .statusCode();
        if (status == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(1000);
    }
    throw new IOException("keycloak did not start: " + Files.readString(log));
  }

  private static Path home() throws IOException {
    try (Stream<Path> found = Files.list(UNPACKED)) {
      return found
          .filter(folder -> folder.getFileName().toString().startsWith("keycloak-"))
          .findFirst()
          .orElseThrow(() -> new IOException("`target/keycloak` holds no keycloak"))
          .toAbsolutePath();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
