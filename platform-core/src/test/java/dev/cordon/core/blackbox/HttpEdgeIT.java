package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no well-behaved client sends, written byte by byte. */
class HttpEdgeIT {
  private final TestHost host = TestHost.get();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "--x\r\nfoo\r\n\r\nabc\r\n--x--",
        "--x\r\n\r\nabc\r\n--x--",
        "--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nabc",
        "--x\r\nContent-Disposition: form-data; name=\"image\"; filename*=UTF-8''%zz\r\n\r\nabc\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"image\"\r\nContent-Type: garbage\r\n\r\nabc\r\n--x--",
        "--x\r\nContent-Disposition: form-data; name=\"image\"\r\nContent-Type: text/plain; charset=foo\r\n\r\nabc\r\n--x--"
      })
  void aMalformedFormIs400(String form) throws IOException {
    String head =
        head("POST /v1/analyses", "Content-Type: multipart/form-data; boundary=x")
            + "Content-Length: %d\r\n\r\n".formatted(form.length());
    problem(400, "INVALID_REQUEST", exchange(head + form));
  }

  @ParameterizedTest
  @CsvSource({"/v1/decisions, application/json", "/v1/analyses, multipart/form-data; boundary=x"})
  void aLongBodyOfUnannouncedLengthIs413(String path, String type) throws IOException {
    StringBuilder request = new StringBuilder(head("POST " + path, "Content-Type: " + type));
    request.append("Transfer-Encoding: chunked\r\n\r\n");
    if (type.startsWith("multipart")) {
      chunk(
          request, "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n");
    }
    String mebibyte = "a".repeat(1 << 20);
    for (int i = 0; i < 26; i++) {
      chunk(request, mebibyte);
    }
    chunk(request, "");
    problem(413, "TOO_LARGE", exchange(request.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/v1/consents/%", "/v1/audit/entries?from=%zz", "/{}"})
  void anAddressThatIsNoneIs400(String address) throws IOException {
    problem(400, "INVALID_REQUEST", exchange(head("GET " + address, "Accept: */*") + "\r\n"));
  }

  @Test
  void aRequestWithoutHostIs400() throws IOException {
    problem(
        400, "INVALID_REQUEST", exchange("GET /log/vkey HTTP/1.1\r\nConnection: close\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "...", "a..", ".a.", "e30.e30.", "a", "a.b.c", "a.b.c.d.e"})
  void aBrokenTokenIs401(String token) throws IOException {
    problem(
        401,
        "UNAUTHENTICATED",
        exchange(
            "GET /v1/audit/entries HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Authorization: Bearer "
                + token
                + "\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/analyses | OPTIONS, POST",
        "/v1/consents | OPTIONS, POST",
        "/v1/consents/some | GET, HEAD, OPTIONS",
        "/v1/consents/some/withdrawal | OPTIONS, POST",
        "/log/vkey | GET, HEAD, OPTIONS"
      })
  void saysWhichMethodsAnAddressTakes(String path, String allowed) throws IOException {
    String options = exchange(head("OPTIONS " + path, "Accept: */*") + "\r\n");
    assertTrue(options.startsWith("HTTP/1.1 204 "), options);
    assertEquals(allowed, allow(options));
    String trace = exchange(head("TRACE " + path, "Accept: */*") + "\r\n");
    problem(405, "METHOD_NOT_ALLOWED", trace);
    assertEquals(allowed, allow(trace));
  }

  private static void problem(int status, String code, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(
        answer
            .toLowerCase(java.util.Locale.ROOT)
            .contains("content-type: application/problem+json"),
        answer);
    assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
  }

  private static String allow(String answer) {
    return answer
        .lines()
        .filter(line -> line.regionMatches(true, 0, "Allow: ", 0, 7))
        .map(line -> line.substring(7))
        .findFirst()
        .orElse("");
  }

  private String head(String line, String header) {
    return "%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n"
        .formatted(line, host.token("demo", Set.of("caller")), header);
  }

  private static void chunk(StringBuilder request, String content) {
    request.append(Integer.toHexString(content.length())).append("\r\n");
    request.append(content).append("\r\n");
  }

  /** Sends all, then reads until the host closes. */
  private String exchange(String request) throws IOException {
    URI address = URI.create(host.url());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
