package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.tagging;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo identity stays on loopback, and configuration that no key answers to stops the start.
 */
class IdentityIT {
  private static final Map<String, String> PLAIN = Map.of();
  private final TestHost host = TestHost.get();

  @Test
  void refusesTheDemoIdentityOffLoopback(@TempDir Path data)
      throws IOException, InterruptedException {
    refusesToStart(data, PLAIN, List.of("-Dcordon.http.bind=0.0.0.0"), "cordon.http.bind");
    refusesToStart(data, Map.of("CORDON_HTTP_BIND", "0.0.0.0"), List.of(), "cordon.http.bind");
  }

  @Test
  void refusesAnUnknownProperty(@TempDir Path data) throws IOException, InterruptedException {
    refusesToStart(data, PLAIN, List.of("-Dcordon.nonsense=1"), "cordon.nonsense");
  }

  @Test
  void refusesAnUnknownVariable(@TempDir Path data) throws IOException, InterruptedException {
    refusesToStart(data, Map.of("CORDON_NONSENSE", "1"), List.of(), "CORDON_NONSENSE");
  }

  @Test
  void keepsItsKeyToItsOwner() throws IOException {
    Path key = host.data().resolve("identity").resolve("demo.key");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
  }

  @Test
  void theLauncherPrintsATokenThatTheHostTakes() throws IOException, InterruptedException {
    HostProcess.Ended ended = HostProcess.run(host.data(), PLAIN, List.of(), "token", "caller");
    assertEquals(0, ended.code(), ended.output());
    given()
        .baseUri(host.url())
        .auth()
        .oauth2(ended.output().strip())
        .contentType("application/json")
        .body(tagging("accessibility-captions", "home", "\"cat\",\"dog\""))
        .post("/v1/decisions")
        .then()
        .statusCode(200);
  }

  @Test
  void thereIsNoTokenOfAnUnknownRole() throws IOException, InterruptedException {
    HostProcess.Ended ended = HostProcess.run(host.data(), PLAIN, List.of(), "token", "king");
    assertEquals(1, ended.code());
    assertTrue(ended.output().contains("`king`"), ended.output());
  }

  @Test
  void thereIsNoTokenWithoutAHost(@TempDir Path data) throws IOException, InterruptedException {
    HostProcess.Ended ended = HostProcess.run(data, PLAIN, List.of(), "token", "caller");
    assertEquals(1, ended.code());
    assertTrue(ended.output().contains("no host is running"), ended.output());
  }

  private static void refusesToStart(
      Path data, Map<String, String> environment, List<String> jvm, String named)
      throws IOException, InterruptedException {
    HostProcess.Ended ended = HostProcess.run(data, environment, jvm, "run", "--port", "0");
    assertEquals(1, ended.code(), ended.output());
    assertTrue(ended.output().contains(named), ended.output());
  }
}
