package dev.cordon.core.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which user of this machine holds the other end of a loopback connection, as the kernel's tables
 * say; empty when they do not.
 */
final class LoopbackPeer {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int USER = 7;

  private LoopbackPeer() {}

  /** The user of the socket whose own end is {@code peer} and whose other end is ours. */
  static OptionalLong user(InetSocketAddress peer, InetSocketAddress ours) throws IOException {
    for (Path table : TABLES) {
      if (Files.exists(table)) {
        OptionalLong found = user(Files.readAllLines(table), peer, ours);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return OptionalLong.empty();
  }

  static OptionalLong user(List<String> table, InetSocketAddress peer, InetSocketAddress ours) {
    return table.stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+"))
        .filter(row -> row.length > USER)
        .filter(row -> address(row[LOCAL]).equals(Optional.of(peer)))
        .filter(row -> address(row[REMOTE]).equals(Optional.of(ours)))
        .mapToLong(row -> Long.parseLong(row[USER]))
        .findFirst();
  }

  /** Reads {@code 0100007F:1F90}: words of four bytes in this machine's order, then the port. */
  private static Optional<InetSocketAddress> address(String text) {
    String[] parts = text.split(":");
    byte[] words = HexFormat.of().parseHex(parts[0]);
    byte[] bytes = new byte[words.length];
    for (int at = 0; at < words.length; at++) {
      bytes[at] = words[(at / 4) * 4 + (littleEndian() ? 3 - at % 4 : at % 4)];
    }
    try {
      return Optional.of(
          new InetSocketAddress(InetAddress.getByAddress(bytes), Integer.parseInt(parts[1], 16)));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean littleEndian() {
    return java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
  }
}
