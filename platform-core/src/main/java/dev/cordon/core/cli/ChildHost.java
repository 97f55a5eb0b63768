package dev.cordon.core.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A host in a process of its own, on a free port; closing it stops it as SIGTERM does. */
final class ChildHost implements AutoCloseable {
  private static final String READY = "ready on ";

  private final Process process;
  private URI address;

  private ChildHost(Process process) {
    this.process = process;
  }

  /** Starts this very program with {@code run} and waits until it is ready. */
  static ChildHost start(Path data) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-jar", System.getProperty("java.class.path")));
    command.addAll(List.of("run", "--port", "0", "--data", data.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // A host of its own: nothing of the caller's configuration reaches it.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("CORDON_") && !name.equals("CORDON_HOME"));
    return ready(new ChildHost(builder.start()));
  }

  private static ChildHost ready(ChildHost host) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(host::close));
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(host.process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        Thread.ofVirtual().start(() -> output.lines().forEach(System.out::println));
        host.address = URI.create(line.substring(READY.length()).strip());
        return host;
      }
      System.out.println(line);
    }
    throw new IOException("the host did not start");
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
