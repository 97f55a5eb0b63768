package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static dev.cordon.core.blackbox.TestHost.tagging;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold when the host or its database dies under load. */
class FaultsIT {
  private static final String REQUEST =
      tagging("accessibility-captions", "home", "\"cat\",\"dog\"");
  private static final byte[] CAT = sample("chelsea.jpg");

  private record Answered(long index, String leafHash) {}

  @Test
  @Tag("R34")
  void afterAKillEveryReceivedAnswerHasItsLeaf(@TempDir Path data) throws Exception {
    Queue<Answered> answers = new ConcurrentLinkedQueue<>();
    HostProcess host = HostProcess.start(data);
    AtomicBoolean dead = new AtomicBoolean();
    List<Thread> callers =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(i -> Thread.ofPlatform().start(() -> load(host, dead, answers)))
            .toList();
    while (answers.size() < 60) {
      Thread.sleep(20);
    }
    host.kill();
    dead.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    try (HostProcess again = HostProcess.start(data)) {
      for (Answered answer : answers) {
        String entry =
            given()
                .auth()
                .oauth2(again.token("auditor"))
                .queryParam("from", answer.index())
                .queryParam("limit", 1)
                .get(again.url() + "/v1/audit/entries")
                .path("entries[0].leafHash");
        assertEquals(answer.leafHash(), entry, "leaf " + answer.index());
      }
      assertEquals(200, analyse(again).statusCode());
      assertLogHolds(data);
    }
    assertLogHolds(data);
  }

  @Test
  @Tag("R17")
  @Tag("R34")
  void withoutItsDatabaseTheHostReleasesNothingAndRecovers(@TempDir Path data) throws Exception {
    try (HostProcess host = HostProcess.start(data)) {
      assertEquals(200, analyse(host).statusCode());
      ProcessHandle database = postmaster(data);
      assertNotNull(database);
      database.destroyForcibly();
      database.onExit().get();
      database.descendants().forEach(ProcessHandle::destroyForcibly);
      Response refused = analyse(host);
      assertEquals(503, refused.statusCode());
      assertEquals("AUDIT_UNAVAILABLE", refused.path("code"));
      assertNull(refused.path("findings"));
      Response denied =
          analyse(host, tagging("accessibility-captions", "home", "\"happy man\",\"sad man\""));
      assertEquals(503, denied.statusCode(), "a denial without a leaf is no answer either");
      assertEquals(503, given().get(host.url() + "/q/health/ready").statusCode());
      restart(data, host);
      assertEquals(200, eventually(host).statusCode(), "the host finds the database again");
    }
    assertLogHolds(data);
  }

  /** Starts the same server on the same port, as an operator's supervisor would. */
  private static void restart(Path data, HostProcess host) throws Exception {
    String port = Files.readString(data.resolve("restart.port"));
    Path binaries = Path.of(Files.readString(data.resolve("restart.command")).strip()).getParent();
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // Postgres refuses to run as root; a user namespace of its own is what the embedded start
      // uses too.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            binaries.resolve("pg_ctl").toString(),
            "-D",
            data.resolve("postgres").toString(),
            "-o",
            "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=on",
            "-w",
            "-l",
            data.resolve("restart.log").toString(),
            "start"));
    Process start = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, start.waitFor());
    assertTrue(host.handle().isAlive());
  }

  private static ProcessHandle postmaster(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"));
    ProcessHandle server = ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElse(null);
    Files.writeString(data.resolve("restart.port"), lines.get(3).strip());
    Files.writeString(data.resolve("restart.command"), server.info().command().orElseThrow());
    return server;
  }

  private static Response eventually(HostProcess host) throws InterruptedException {
    Response answer = analyse(host);
    for (int i = 0; i < 60 && answer.statusCode() != 200; i++) {
      Thread.sleep(500);
      answer = analyse(host);
    }
    return answer;
  }

  private static void load(HostProcess host, AtomicBoolean dead, Queue<Answered> answers) {
    while (!dead.get()) {
      try {
        Response answer = analyse(host);
        if (answer.statusCode() == 200) {
          answers.add(
              new Answered(
                  answer.jsonPath().getLong("receipt.index"), answer.path("receipt.leafHash")));
        }
      } catch (Exception cutOff) {
        // The connection died with the host: no answer was received.
      }
    }
  }

  private static Response analyse(HostProcess host) {
    return analyse(host, REQUEST);
  }

  private static Response analyse(HostProcess host, String request) {
    try {
      return given()
          .auth()
          .oauth2(host.token("caller"))
          .multiPart("image", "image", CAT)
          .multiPart("request", request, "application/json")
          .post(host.url() + "/v1/analyses");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertLogHolds(Path data) throws Exception {
    HostProcess.Ended verified = HostProcess.run(data, Map.of(), List.of(), "log", "verify");
    assertEquals(0, verified.code(), verified.output());
    assertFalse(verified.output().contains("wrong:"), verified.output());
  }
}
