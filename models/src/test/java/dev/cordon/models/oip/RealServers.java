package dev.cordon.models.oip;

import dev.cordon.models.onnx.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Triton and MLServer, installed and started on this machine with the towers of one package. */
public final class RealServers implements AutoCloseable {
  private static final Path SCRIPTS =
      Path.of("../models/src/test/oip").toAbsolutePath().normalize();
  private static final Path FOLDER = Path.of("../models/target/oip").toAbsolutePath().normalize();
  private static final Duration START = Duration.ofSeconds(90);

  private final List<Process> processes = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  /** Installs them if need be, and returns when every model is ready. */
  public static RealServers start(Path pack) throws Exception {
    RealServers servers = new RealServers();
    try {
      servers.run(pack.toAbsolutePath().toString());
    } catch (Exception e) {
      servers.close();
      throw e;
    }
    return servers;
  }

  private void run(String pack) throws Exception {
    Files.createDirectories(FOLDER);
    Process install = process("install", Map.of(), SCRIPTS.resolve("install"), FOLDER);
    if (!install.waitFor(9, TimeUnit.MINUTES) || install.exitValue() != 0) {
      throw new IOException("the servers cannot be installed; see " + FOLDER + "/install.log");
    }
    takePorts();
    processes.add(
        process(
            "triton",
            Map.of("PYTRITON_HOME", FOLDER.resolve("home").toString()),
            FOLDER.resolve("triton/bin/python"),
            SCRIPTS.resolve("triton.py"),
            pack,
            ports.get(0),
            ports.get(1)));
    Map<String, String> settings =
        Map.of(
            "PACKAGE", pack,
            "PYTHONPATH", SCRIPTS.toString(),
            "MLSERVER_HTTP_PORT", ports.get(2).toString(),
            "MLSERVER_GRPC_PORT", ports.get(3).toString(),
            "MLSERVER_METRICS_PORT", ports.get(4).toString());
    processes.add(
        process(
            "mlserver",
            settings,
            FOLDER.resolve("mlserver/bin/mlserver"),
            "start",
            SCRIPTS.resolve("mlserver")));
    for (Place place : Place.values()) {
      for (String model : List.of("image", "text", "echo")) {
        awaitReady(place, model);
      }
    }
  }

  private void takePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      ports.add(held.getLast().getLocalPort());
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
  }

  private void awaitReady(Place place, String model) throws Exception {
    long end = System.nanoTime() + START.toNanos();
    try (OipTarget target = OipTarget.open(TargetOptions.of(uri(place), model))) {
      while (true) {
        if (isReady(target)) {
          return;
        }
        for (Process process : processes) {
          if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
            throw new IOException(place + " does not serve; see the logs in " + FOLDER);
          }
        }
      }
    }
  }

  private static boolean isReady(OipTarget target) {
    try {
      return target.isReady(Cancellation.after(Duration.ofSeconds(2)));
    } catch (TargetException _) {
      return false;
    }
  }

  /** A server and a form of the protocol. */
  public enum Place {
    TRITON_REST,
    TRITON_GRPC,
    MLSERVER_REST,
    MLSERVER_GRPC
  }

  /** Where a server listens. */
  public URI uri(Place place) {
    String scheme = place.name().endsWith("GRPC") ? "grpc" : "http";
    return URI.create(scheme + "://127.0.0.1:" + ports.get(place.ordinal()));
  }

  /** The processes of the server at a place, for those who want to hurt it. */
  public List<ProcessHandle> processes(Place place) {
    Process server = processes.get(place.name().startsWith("TRITON") ? 0 : 1);
    List<ProcessHandle> all = new ArrayList<>(List.of(server.toHandle()));
    server.descendants().forEach(all::add);
    return all;
  }

  private static Process process(String name, Map<String, String> settings, Object... command)
      throws IOException {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(FOLDER.toFile());
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(FOLDER.resolve(name + ".log").toFile());
    return builder.start();
  }

  @Override
  public void close() {
    for (Process process : processes) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroy();
      try {
        // In peace Triton takes its shared memory with it.
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
