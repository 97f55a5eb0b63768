package dev.cordon.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The photographs of a folder, taken in turn; call {@code i} of every peer gets the same one. */
record Photos(List<String> names, List<byte[]> jpegs, List<byte[]> bodies) {
  private static final int APP2 = 0xe2;
  private static final int START_OF_SCAN = 0xda;

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
      jpegs.add(withoutProfile(Files.readAllBytes(file)));
    }
    return new Photos(
        files.stream().map(file -> file.getFileName().toString()).toList(),
        jpegs,
        jpegs.stream().map(GovernedHost::body).toList());
  }

  /**
   * Without the APP2 segments that hold a colour profile: the JDK would convert colours by it,
   * which the host does not, and the peers would do unequal work.
   */
  private static byte[] withoutProfile(byte[] jpeg) {
    ByteArrayOutputStream bare = new ByteArrayOutputStream(jpeg.length);
    bare.write(jpeg, 0, 2);
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != START_OF_SCAN) {
      int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
      if ((jpeg[at + 1] & 0xff) != APP2) {
        bare.write(jpeg, at, length);
      }
      at += length;
    }
    bare.write(jpeg, at, jpeg.length - at);
    return bare.toByteArray();
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
