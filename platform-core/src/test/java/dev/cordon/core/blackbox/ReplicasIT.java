package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static dev.cordon.core.blackbox.TestHost.tagging;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.verify.ProofVerifier;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts on one Postgres with the same secrets are one service, whichever a call comes to. */
class ReplicasIT {
  private static final String QUESTION =
      tagging("accessibility-captions", "home", "\"zebra crossing\",\"dog\"");

  @TempDir static Path folder;
  private static SharedDatabase database;
  private static HostProcess one;
  private static HostProcess two;

  @BeforeAll
  static void start() throws Exception {
    database =
        SharedDatabase.start(folder.resolve("secrets"))
            .with("CORDON_AUDIT_ORIGIN", "replicas.example/audit");
    one = host("one");
    two = host("two");
  }

  @AfterAll
  static void stop() throws IOException {
    for (HostProcess host : new HostProcess[] {one, two}) {
      if (host != null) {
        host.close();
      }
    }
    database.close();
  }

  @Test
  @Tag("R46")
  void callsOnBothWriteOneLogWhoseProofsEitherGives() throws Exception {
    String key = given().get(one.url() + "/log/vkey").asString();
    assertEquals(key, given().get(two.url() + "/log/vkey").asString());
    for (HostProcess host : List.of(one, two, one)) {
      Response answer = analyse(host, QUESTION);
      assertEquals(200, answer.statusCode(), answer.asString());
      assertEquals("replicas.example/audit", answer.path("receipt.origin"));
      byte[] leaf = HexFormat.of().parseHex(answer.path("receipt.leafHash"));
      for (HostProcess prover : List.of(one, two)) {
        String proof =
            as(prover, "auditor")
                .get("/v1/audit/proofs/" + answer.<Integer>path("receipt.index"))
                .asString();
        assertTrue(ProofVerifier.verify(proof, leaf, key.strip()).ok());
      }
    }
    HostProcess.Ended verified =
        HostProcess.run(folder.resolve("two"), database.settings(), List.of(), "log", "verify");
    assertEquals(0, verified.code(), verified.output());
  }

  @Test
  @Tag("R24")
  void aConsentWithdrawnAtOneIsGoneAtTheOtherAtOnce() throws IOException {
    String asked = QUESTION.replace("{\"cap", "{\"subjects\":[\"visitor\"],\"cap");
    assertEquals("CONSENT_MISSING", analyse(two, asked).path("code"));
    String id =
        as(one, "caller")
            .contentType("application/json")
            .body(
                """
                {"subject":"visitor","purpose":"accessibility-captions","kind":"regular",
                 "notice":{"id":"n","language":"en"}}""")
            .post("/v1/consents")
            .path("id");
    assertEquals(200, analyse(two, asked).statusCode());
    assertEquals(200, as(one, "caller").post("/v1/consents/" + id + "/withdrawal").statusCode());
    assertEquals("CONSENT_MISSING", analyse(two, asked).path("code"));
  }

  @Test
  void anItemAddedOrErasedAtOneIsFoundOrGoneAtTheOther() throws IOException {
    as(one, "caller")
        .contentType("application/json")
        .body("{\"id\":\"shared\",\"purpose\":\"accessibility-captions\"}")
        .post("/v1/collections")
        .then()
        .statusCode(201);
    keep(one, "coffee.jpg");
    // Both have their index in memory from now on.
    assertEquals(List.of("coffee.jpg"), find(one));
    assertEquals(List.of("coffee.jpg"), find(two));
    keep(two, "chelsea.jpg");
    assertEquals(List.of("chelsea.jpg", "coffee.jpg"), find(one));
    keep(one, "rocket.jpg");
    assertEquals(3, find(two).size());
    assertEquals(
        200, as(one, "caller").delete("/v1/collections/shared/items/chelsea.jpg").statusCode());
    assertEquals(2, find(two).size());
    assertEquals(2, find(one).size());
  }

  @Test
  void aJobIsSeenAndCancelledAtTheOther() throws Exception {
    JobClient here = new JobClient(one, "demo");
    JobClient there = new JobClient(two, "demo");
    String job = here.begin(QUESTION);
    assertEquals("open", there.status(job).getString("state"));
    assertEquals(202, there.put(job, "item", JobImages.picture(1, 64)).statusCode());
    JsonPath done = here.until(job, status -> status.getInt("counts.done") == 1);
    assertEquals("open", done.getString("state"));
    assertEquals(here.outcomes(job), there.outcomes(job));
    there.post("/v1/jobs/" + job + "/cancellation");
    assertEquals("cancelled", here.status(job).getString("state"));
  }

  @Test
  void theJobOfAKilledHostIsTakenUpByTheOther() throws Exception {
    String job;
    int before;
    // Sent much faster than they are worked through.
    List<byte[]> pictures =
        IntStream.range(0, 3).mapToObj(i -> JobImages.picture(i, 1000)).toList();
    try (HostProcess third = host("one-more")) {
      JobClient caller = new JobClient(third, "demo");
      job = caller.begin(QUESTION);
      for (int i = 0; i < 40; i++) {
        assertEquals(202, caller.put(job, "item" + i, pictures.get(i % 3)).statusCode());
      }
      caller.post("/v1/jobs/" + job + "/close");
      before = caller.status(job).getInt("counts.done");
      third.kill();
    }
    assertTrue(before < 40, "it was killed in the middle");
    JobClient other = new JobClient(two, "demo");
    other.until(job, status -> status.getString("state").equals("done"));
    assertEquals(40, other.outcomes(job).size());
    assertEquals(40, other.outcomes(job).stream().map(JobClient.Outcome::leaf).distinct().count());
  }

  private static HostProcess host(String name) throws IOException {
    Path data = folder.resolve(name);
    // The demo identity stands for an identity provider, which hosts share by nature.
    if (one != null) {
      Files.createDirectories(data.resolve("identity"));
      Files.copy(
          one.data().resolve("identity").resolve("demo.key"),
          data.resolve("identity").resolve("demo.key"));
    }
    return HostProcess.start(data, database.settings(), List.of("-Dcordon.jobs.workers=1"));
  }

  private static Response analyse(HostProcess host, String request) throws IOException {
    return as(host, "caller")
        .multiPart("image", "image", sample("chelsea.jpg"))
        .multiPart("request", request, "application/json")
        .post("/v1/analyses");
  }

  private static void keep(HostProcess host, String photo) throws IOException {
    as(host, "caller")
        .multiPart("image", "image", sample(photo))
        .multiPart("request", "{\"purpose\":\"accessibility-captions\"}", "application/json")
        .put("/v1/collections/shared/items/" + photo)
        .then()
        .statusCode(200);
  }

  private static List<String> find(HostProcess host) throws IOException {
    return as(host, "caller")
        .contentType("application/json")
        .body("{\"purpose\":\"accessibility-captions\",\"text\":\"a photo of a cat\"}")
        .post("/v1/collections/shared/search")
        .path("findings.item");
  }

  private static RequestSpecification as(HostProcess host, String role) throws IOException {
    return given().baseUri(host.url()).auth().oauth2(host.token(role));
  }
}
