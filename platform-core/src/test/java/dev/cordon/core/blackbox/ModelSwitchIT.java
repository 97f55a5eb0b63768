package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.tagging;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model takes the place of another in a host that goes on answering. */
class ModelSwitchIT {
  private static final String REQUEST =
      tagging("accessibility-captions", "home", "\"cat\",\"dog\"");
  private static final int CALLERS = 4;

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  @TempDir Path data;

  private record Answer(int status, String code, long index, String model) {
    static Answer of(Response response) {
      JsonPath body = response.jsonPath();
      return response.statusCode() == 200
          ? new Answer(200, "", body.getLong("receipt.index"), body.getString("model.digest"))
          : new Answer(response.statusCode(), body.getString("code"), -1, "");
    }
  }

  @Test
  @Tag("R50")
  void switchesBackAndForthWhileCallsGoOn() throws Exception {
    ToyPackages.install(data, "clip-vit-b32");
    String last;
    try (HostProcess host = HostProcess.start(data)) {
      List<String> switched = new ArrayList<>();
      AtomicBoolean done = new AtomicBoolean();
      try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          running.add(callers.submit(() -> callUntil(done, host)));
        }
        try {
          for (String name : List.of("clip-vit-b32", "starter", "clip-vit-b32")) {
            String digest = ToyPackages.switchTo(host, name);
            switched.add(digest);
            call(host).then().statusCode(200).body("model.digest", equalTo(digest));
          }
        } finally {
          done.set(true);
        }
        for (Future<?> caller : running) {
          caller.get();
        }
      }
      last = switched.getLast();
      assertTrue(answers.stream().allMatch(answer -> answer.status() == 200), answers.toString());
      assertTrue(answers.stream().map(Answer::model).distinct().count() == 2, answers.toString());
      Map<Long, String> leaves = models(host);
      for (Answer answer : answers) {
        assertEquals(leaves.get(answer.index()), answer.model(), "leaf " + answer.index());
      }
    }
    try (HostProcess host = HostProcess.start(data)) {
      call(host).then().statusCode(200).body("model.digest", equalTo(last));
      ToyPackages.decide(host, "alice", last, "retirement").then().statusCode(200);
      call(host).then().statusCode(503).body("code", equalTo("MODEL_UNAVAILABLE"));
    }
  }

  @Test
  @Tag("R47")
  void whatCannotBeLoadedNeverBecomesActive() throws Exception {
    Path toy = ToyPackages.install(data, "clip-vit-b32");
    try (HostProcess host = HostProcess.start(data)) {
      String digest =
          ToyPackages.stage(host, "alice", "clip-vit-b32")
              .then()
              .statusCode(201)
              .extract()
              .path("model.digest");
      Files.writeString(toy.resolve("more"), "one file more");
      ToyPackages.decide(host, "bob", digest, "activation").then().statusCode(422);
      call(host).then().statusCode(200).body("model.id", equalTo("starter-effnetlite2-minilm"));
    }
  }

  @Test
  void aTenantIsNotAnsweredByAModelWhoseLicenceItDoesNotAllow() throws Exception {
    tenant("strict", "[MIT]");
    tenant("lenient", "[Apache-2.0, CC-BY-4.0, MIT, LicenseRef-WordNet, GPL-3.0-only]");
    try (HostProcess host = HostProcess.start(data)) {
      String question = tagging("stock", "retail", "\"cat\",\"dog\"");
      ToyPackages.analyse(host, "lenient", question).then().statusCode(200);
      long index =
          ToyPackages.as(host, "demo", "strict", "caller")
              .multiPart("image", "image", "no image at all".getBytes())
              .multiPart("request", question, "application/json")
              .post(host.url() + "/v1/analyses")
              .then()
              .statusCode(403)
              .body("code", equalTo("LICENCE_REFUSED"))
              .body("decision.effect", equalTo("deny"))
              .extract()
              .jsonPath()
              .getLong("receipt.index");
      ToyPackages.as(host, "demo", "strict", "auditor")
          .get(host.url() + "/v1/audit/entries?from=" + index)
          .then()
          .body("entries[0].leaf.effect", equalTo("deny"))
          .body("entries[0].leaf.code", equalTo("LICENCE_REFUSED"))
          .body("entries[0].leaf.route", equalTo(""));
      dryRun(host, "strict", question)
          .then()
          .body("decision.effect", equalTo("deny"))
          .body("decision.code", equalTo("LICENCE_REFUSED"))
          .body("decision.rules", hasSize(0));
      dryRun(host, "lenient", question).then().body("decision.effect", equalTo("permit"));
    }
  }

  private static Response dryRun(HostProcess host, String tenant, String question)
      throws IOException {
    return ToyPackages.as(host, "demo", tenant, "caller")
        .contentType("application/json")
        .body(question)
        .post(host.url() + "/v1/decisions");
  }

  private void tenant(String id, String licences) throws IOException {
    Files.writeString(
        Files.createDirectories(data.resolve("policy")).resolve(id + ".yaml"),
        """
        pack: %1$s
        version: "1"
        kind: pack
        tenants:
          %1$s:
            licences: %2$s
            purposes:
              stock: { legal_basis: legitimate_interests }
        rules:
          - id: %1$s-permit
            effect: permit
            stage: [admission, input, output]
            when: purpose.registered
            explanation: registered
        """
            .formatted(id, licences));
  }

  private Void callUntil(AtomicBoolean done, HostProcess host) throws IOException {
    while (!done.get()) {
      answers.add(Answer.of(call(host)));
    }
    return null;
  }

  private static Response call(HostProcess host) throws IOException {
    return ToyPackages.analyse(host, "demo", REQUEST);
  }

  /** The model of every leaf of an analysis, by index. */
  private static Map<Long, String> models(HostProcess host) throws IOException {
    Map<Long, String> models = new HashMap<>();
    long from = 0;
    while (true) {
      List<Map<String, Object>> page =
          ToyPackages.as(host, "demo", "demo", "auditor")
              .get(host.url() + "/v1/audit/entries?from=" + from)
              .jsonPath()
              .getList("entries");
      if (page.isEmpty()) {
        return models;
      }
      for (Map<String, Object> entry : page) {
        from = ((Number) entry.get("index")).longValue();
        models.put(from, (String) ((Map<?, ?>) entry.get("leaf")).get("model"));
      }
      from++;
    }
  }
}
