package dev.cordon.models.onnx;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A copy of a toy package that says something else of itself. */
final class ChangedPackage {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChangedPackage() {}

  /** With one field of its manifest set to another value, which is JSON with single quotes. */
  static Path of(Path toy, String pointer, String value, Path to) throws IOException {
    ObjectNode manifest = (ObjectNode) JSON.readTree(toy.resolve("manifest.json").toFile());
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) manifest.at(pointer.substring(0, slash)))
        .set(pointer.substring(slash + 1), JSON.readTree(value.replace('\'', '"')));
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(toy)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    Files.writeString(to.resolve("manifest.json"), manifest.toString());
    return to;
  }
}
