package dev.cordon.core.wiring;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code DATA/run.json}: the process that serves a data folder now. */
public record RunFile(long pid, int port, String bind, boolean demo) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Replaces the file in one step. */
  public void write(Path data) throws IOException {
    Path draft = Files.createTempFile(data, "run", ".new");
    Files.writeString(draft, JSON.writeValueAsString(this));
    Files.move(draft, data.resolve("run.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes the file of this process away. */
  static void delete(Path data) throws IOException {
    if (read(data).filter(run -> run.pid() == ProcessHandle.current().pid()).isPresent()) {
      Files.delete(data.resolve("run.json"));
    }
  }

  /** The running host of a data folder; empty when there is none or its process is gone. */
  public static Optional<RunFile> read(Path data) throws IOException {
    Path file = data.resolve("run.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(JSON.readValue(Files.readString(file), RunFile.class))
        .filter(run -> ProcessHandle.of(run.pid()).filter(ProcessHandle::isAlive).isPresent());
  }
}
