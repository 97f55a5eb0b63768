package dev.cordon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The photographs of a folder, taken in turn; call {@code i} of every peer gets the same one. */
record Photos(List<String> names, List<byte[]> jpegs, List<byte[]> bodies) {
  static Photos of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().matches(".*\\.jpe?g")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException("`" + folder + "` holds no .jpg");
    }
    List<byte[]> jpegs = new ArrayList<>();
    for (Path file : files) {
      jpegs.add(Files.readAllBytes(file));
    }
    return new Photos(
        files.stream().map(file -> file.getFileName().toString()).toList(),
        jpegs,
        jpegs.stream().map(GovernedHost::body).toList());
  }

  int size() {
    return jpegs.size();
  }

  byte[] jpeg(int call) {
    return jpegs.get(call % size());
  }

  byte[] body(int call) {
    return bodies.get(call % size());
  }
}
