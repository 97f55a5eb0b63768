package dev.cordon.benchmarks;

import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.models.bom.Metric;
import dev.cordon.models.registry.Sealing;
import dev.cordon.models.signing.SigningKey;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The packaged host in a process of its own, with a fresh data folder, spoken to over loopback. */
final class GovernedHost implements AutoCloseable {
  private static final String BOUNDARY = "cordon-measures-this";

  private final Process process;
  private final String url;
  private final String token;

  private GovernedHost(Process process, String url, String token) {
    this.process = process;
    this.url = url;
    this.token = token;
  }

  static GovernedHost start(Path home, int threads) throws IOException {
    return start(home, Files.createTempDirectory("cordon-bench"), threads, List.of());
  }

  /** With another package than the starter: signs it with a key of the moment, and activates it. */
  static GovernedHost startWith(Path home, Path pack, String digest, int threads) throws Exception {
    if (pack.equals(home.resolve("models/starter"))) {
      return start(home, threads);
    }
    return startWith(
        home, Files.createTempDirectory("cordon-bench"), pack, digest, threads, List.of());
  }

  /** The same in a data folder that something lies in already. */
  static GovernedHost startWith(
      Path home, Path data, Path pack, String digest, int threads, List<String> more)
      throws Exception {
    SigningKey key = SigningKey.generate();
    key.write(data.resolve("key").resolve("bench.key"));
    Files.createDirectories(data.resolve("trust"));
    Files.move(data.resolve("key/bench.key.pub"), data.resolve("trust/bench.pub"));
    Metric none = new Metric("none", "0", "random weights");
    Sealing.seal(pack, key, Optional.of(List.of(none)));
    List<String> settings = new ArrayList<>(more);
    settings.add("-Dcordon.models.pack=" + pack);
    GovernedHost host = start(home, data, threads, settings);
    String steward =
        DemoIdentity.open(data).token("bench", "demo", Set.of("model-steward"), "cordon");
    host.call("/v1/models/" + digest + "/activation", "", new byte[0], "POST", steward);
    return host;
  }

  private static GovernedHost start(Path home, Path data, int threads, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Djava.awt.headless=true");
    // As the launcher does.
    command.add("-XX:+UseParallelGC");
    command.add("-Dcordon.models.threads=" + threads);
    command.addAll(List.of(System.getenv().getOrDefault("CORDON_JAVA_OPTS", "").split(" ")));
    command.addAll(more);
    command.removeIf(String::isEmpty);
    command.add("-jar");
    command.add(home.resolve("platform-core/target/quarkus-app/quarkus-run.jar").toString());
    command.addAll(List.of("run", "--port", "0", "--data", data.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    process
        .onExit()
        .thenAccept(ended -> System.err.println("the host ended with " + ended.exitValue()));
    String url = awaitReady(process);
    String token = DemoIdentity.open(data).token("demo", Set.of("caller"), "cordon");
    return new GovernedHost(process, url, token);
  }

  private static String awaitReady(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready on ")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(System.err::println));
        return line.substring("ready on ".length());
      }
      System.err.println(line);
    }
    throw new IOException("the host ended before it was ready");
  }

  /** Both parts of an analysis, made once so that making them is not measured. */
  static byte[] body(byte[] jpeg) {
    return body(jpeg, Question.json());
  }

  static byte[] body(byte[] jpeg, String question) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(part("request", "application/json"));
    body.writeBytes(question.getBytes(StandardCharsets.UTF_8));
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(part("image", "image/jpeg"));
    body.writeBytes(jpeg);
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private static byte[] part(String name, String type) {
    String file = name.equals("image") ? "; filename=\"image\"" : "";
    return ("--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n")
        .formatted(BOUNDARY, name, file, type)
        .getBytes(StandardCharsets.US_ASCII);
  }

  String url() {
    return url;
  }

  String token() {
    return token;
  }

  long pid() {
    return process.pid();
  }

  byte[] analyse(byte[] body) throws IOException {
    return call("/v1/analyses", "multipart/form-data; boundary=" + BOUNDARY, body);
  }

  byte[] decide() throws IOException {
    byte[] body = Question.json().getBytes(StandardCharsets.UTF_8);
    return call("/v1/decisions", "application/json", body);
  }

  byte[] vkey() throws IOException {
    return call("/log/vkey", "", new byte[0]);
  }

  private byte[] call(String path, String type, byte[] body) throws IOException {
    return call(path, type, body, body.length == 0 ? "GET" : "POST", token);
  }

  private byte[] call(String path, String type, byte[] body, String method, String bearer)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + path).toURL().openConnection();
    connection.setRequestMethod(method);
    if (method.equals("POST")) {
      connection.setRequestProperty("Authorization", "Bearer " + bearer);
    }
    if (body.length > 0) {
      connection.setRequestProperty("Content-Type", type);
      connection.setFixedLengthStreamingMode(body.length);
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    int status = connection.getResponseCode();
    if (status != 200) {
      InputStream problem = connection.getErrorStream();
      throw new IOException(
          path
              + " answered "
              + status
              + (problem == null
                  ? ""
                  : ": " + new String(problem.readAllBytes(), StandardCharsets.UTF_8)));
    }
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
