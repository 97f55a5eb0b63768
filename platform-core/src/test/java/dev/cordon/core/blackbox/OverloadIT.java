package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static dev.cordon.core.blackbox.TestHost.tagging;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold when more is asked than the host can do, or than its caller waits for. */
class OverloadIT {
  private static final String REQUEST =
      tagging("accessibility-captions", "home", "\"cat\",\"dog\"");
  private static final byte[] CAT = sample("chelsea.jpg");

  @Test
  void moreCallsThanTheBoundAreRefusedAtOnceWithoutALeaf(@TempDir Path data) throws Exception {
    try (HostProcess host = HostProcess.start(data, "-Dcordon.http.most-calls=2")) {
      assertEquals(200, analyse(host, CAT).statusCode());
      try (Socket one = begin(host, CAT.length);
          Socket two = begin(host, CAT.length)) {
        assertTrue(one.isConnected() && two.isConnected());
        // Until the host has seen both, it answers.
        Response refused = until(host, 503);
        assertEquals("OVERLOADED", refused.path("code"));
        assertEquals("2", refused.header("Retry-After"));
        assertTrue(refused.contentType().startsWith("application/problem+json"));
        assertNull(refused.path("receipt"));
        long before = treeSize(host);
        assertEquals(503, analyse(host, CAT).statusCode());
        assertEquals(before, treeSize(host), "nothing was decided");
        assertTrue(
            given().get(host.url() + "/q/metrics").asString().contains("cordon_http_calls 2.0"),
            "hosts are added by this");
        assertEquals(200, given().get(host.url() + "/q/health/ready").statusCode());
      }
      assertEquals(200, until(host, 200).statusCode(), "their room is free once they have gone");
    }
  }

  @Test
  void manyLargePicturesInASmallHeapAreAnsweredOrRefusedAsFull(@TempDir Path data)
      throws Exception {
    byte[] large = png(4_000, 3_000);
    try (HostProcess host = HostProcess.start(data, "-Xmx256m")) {
      List<Future<Response>> answers = new ArrayList<>();
      try (var callers = Executors.newFixedThreadPool(6)) {
        for (int i = 0; i < 6; i++) {
          answers.add(callers.submit(() -> analyse(host, large)));
        }
      }
      for (Future<Response> answer : answers) {
        int status = answer.get().statusCode();
        assertTrue(status == 200 || status == 503, () -> "was " + status);
      }
      assertEquals(200, analyse(host, CAT).statusCode(), "the host goes on");
    }
    HostProcess.Ended verified = HostProcess.run(data, Map.of(), List.of(), "log", "verify");
    assertEquals(0, verified.code(), verified.output());
  }

  @Test
  @Tag("R34")
  void aCallerWhoLeavesEndsTheRunAndTheLeafSaysSo(@TempDir Path data) throws Exception {
    try (HostProcess host = HostProcess.start(data, "-Dcordon.http.most-calls=1")) {
      assertEquals(200, analyse(host, CAT).statusCode());
      long before = treeSize(host);
      // New texts by the thousand keep the text tower busy for many seconds.
      String labels =
          IntStream.range(0, 3_000)
              .mapToObj(i -> "\"chair number " + i + "\"")
              .collect(Collectors.joining(","));
      try (Socket caller = begin(host, 0)) {
        caller.getOutputStream().write(end(tagging("accessibility-captions", "home", labels)));
        caller.getOutputStream().flush();
        assertEquals("OVERLOADED", until(host, 503).path("code"), "the call is under way");
      }
      List<String> codes = codes(host, before);
      for (int i = 0; i < 600 && codes.isEmpty(); i++) {
        Thread.sleep(50);
        codes = codes(host, before);
      }
      assertEquals(List.of("MODEL_UNAVAILABLE"), codes);
    }
  }

  /** Of the leaves from an index on, in their order. */
  private static List<String> codes(HostProcess host, long from) throws IOException {
    return given()
        .auth()
        .oauth2(host.token("auditor"))
        .queryParam("from", from)
        .get(host.url() + "/v1/audit/entries")
        .path("entries.leaf.code");
  }

  /** A call whose form has begun; the rest of it stays away. */
  private static Socket begin(HostProcess host, int announced) throws IOException {
    URI address = URI.create(host.url());
    Socket socket = new Socket(address.getHost(), address.getPort());
    String length = announced > 0 ? "Content-Length: " + announced : "Transfer-Encoding: chunked";
    String head =
        "POST /v1/analyses HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n%s\r\n%s\r\n\r\n"
            .formatted(
                host.token("caller"), "Content-Type: multipart/form-data; boundary=b", length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static byte[] end(String request) {
    var form = new ByteArrayOutputStream();
    form.writeBytes(
        "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(CAT);
    form.writeBytes(
        ("\r\n--b\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n"
                + request
                + "\r\n--b--\r\n")
            .getBytes(StandardCharsets.UTF_8));
    var chunks = new ByteArrayOutputStream();
    chunks.writeBytes(
        (Integer.toHexString(form.size()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    chunks.writeBytes(form.toByteArray());
    chunks.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return chunks.toByteArray();
  }

  private static Response until(HostProcess host, int status) throws Exception {
    Response answer = analyse(host, CAT);
    for (int i = 0; i < 600 && answer.statusCode() != status; i++) {
      Thread.sleep(50);
      answer = analyse(host, CAT);
    }
    assertEquals(status, answer.statusCode());
    return answer;
  }

  private static Response analyse(HostProcess host, byte[] image) throws IOException {
    return given()
        .auth()
        .oauth2(host.token("caller"))
        .multiPart("image", "image", image)
        .multiPart("request", REQUEST, "application/json")
        .post(host.url() + "/v1/analyses");
  }

  private static long treeSize(HostProcess host) {
    return Long.parseLong(given().get(host.url() + "/log/checkpoint").asString().split("\n")[1]);
  }

  private static byte[] png(int width, int height) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), "png", png);
    return png.toByteArray();
  }
}
