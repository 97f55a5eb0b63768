package dev.cordon.core.blackbox;

import dev.cordon.core.identity.DemoIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged host in a process of its own, with its data folder and its output. */
final class HostProcess implements AutoCloseable {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final long START_SECONDS = 120;

  private final Process process;
  private final Path data;
  private final List<String> output;
  private final String url;

  private HostProcess(Process process, Path data, List<String> output, String url) {
    this.process = process;
    this.data = data;
    this.output = output;
    this.url = url;
  }

  /** Starts on a free port with more arguments for the JVM, such as {@code -Dcordon.…}. */
  static HostProcess start(Path data, String... jvm) throws IOException {
    return start(data, Map.of(), List.of(jvm));
  }

  static HostProcess start(Path data, Map<String, String> environment, List<String> jvm)
      throws IOException {
    List<String> output = java.util.Collections.synchronizedList(new ArrayList<>());
    Process process = process(data, environment, jvm);
    CompletableFuture<String> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read(process, output, ready));
    try {
      return new HostProcess(process, data, output, ready.get(START_SECONDS, TimeUnit.SECONDS));
    } catch (Exception e) {
      process.destroyForcibly();
      throw new IOException("the host did not start: " + output, e);
    }
  }

  /** Runs a command of the host that ends by itself; returns its exit code and output. */
  static Ended run(
      Path data, Map<String, String> environment, List<String> jvm, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command(jvm);
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CORDON_HOME", ROOT.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** How a command ended. */
  record Ended(int code, String output) {}

  String url() {
    return url;
  }

  Path data() {
    return data;
  }

  /** Everything the host has printed so far. */
  String output() {
    return String.join("\n", output);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  String token(String... roles) throws IOException {
    return token("demo", Set.of(roles));
  }

  String token(String tenant, Set<String> roles) throws IOException {
    return DemoIdentity.open(data).token(tenant, roles, "cordon");
  }

  /** Ends the process as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the host did not stop within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process process(Path data, Map<String, String> environment, List<String> jvm)
      throws IOException {
    List<String> all = new ArrayList<>(StartCache.options());
    if (!environment.containsKey("CORDON_DB_URL")) {
      StartCache.lend(data);
    }
    all.addAll(jvm);
    List<String> command = command(all);
    command.addAll(List.of("run", "--port", "0", "--data", data.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CORDON_HOME", ROOT.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static List<String> command(List<String> jvm) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Djava.awt.headless=true");
    command.addAll(jvm);
    command.addAll(List.of("-jar", StartCache.APP.toString()));
    return command;
  }

  private static void read(Process process, List<String> output, CompletableFuture<String> ready) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.startsWith("ready on ")) {
          ready.complete(line.substring("ready on ".length()));
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    }
    ready.completeExceptionally(new IOException("the host ended"));
  }
}
