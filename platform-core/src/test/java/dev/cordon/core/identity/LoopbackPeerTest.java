package dev.cordon.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoopbackPeerTest {
  private static final String HEAD =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid";
  private static final String IPV4 = word("0100007F", "7F000001");

  @Test
  void findsTheUserOfTheOtherEnd() {
    List<String> table =
        List.of(HEAD, row(IPV4, 8080, IPV4, 40000, 7), row(IPV4, 40000, IPV4, 8080, 1001));
    assertEquals(
        OptionalLong.of(1001),
        LoopbackPeer.user(table, at("127.0.0.1", 40000), at("127.0.0.1", 8080)));
  }

  @Test
  void readsAnIpv4PeerInTheTableOfIpv6() {
    String mapped = "0000000000000000" + word("FFFF0000", "0000FFFF") + IPV4;
    assertEquals(
        OptionalLong.of(1001),
        LoopbackPeer.user(
            List.of(HEAD, row(mapped, 40000, mapped, 8080, 1001)),
            at("127.0.0.1", 40000),
            at("127.0.0.1", 8080)));
  }

  @Test
  void readsAnIpv6Peer() {
    String one = "000000000000000000000000" + word("01000000", "00000001");
    assertEquals(
        OptionalLong.of(0),
        LoopbackPeer.user(
            List.of(HEAD, row(one, 40000, one, 8080, 0)), at("::1", 40000), at("::1", 8080)));
  }

  @Test
  void knowsNobodyOfAnotherConnection() {
    List<String> table = List.of(HEAD, row(IPV4, 40000, IPV4, 9090, 1001), "garbage");
    assertEquals(
        OptionalLong.empty(),
        LoopbackPeer.user(table, at("127.0.0.1", 40000), at("127.0.0.1", 8080)));
  }

  private static String row(String local, int localPort, String remote, int remotePort, long uid) {
    return "   1: %s:%04X %s:%04X 01 00000000:00000000 00:00000000 00000000  %d        0 1 1 0"
        .formatted(local, localPort, remote, remotePort, uid);
  }

  /** The kernel writes words in this machine's order. */
  private static String word(String little, String big) {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? little : big;
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
