package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.wiring.Database;
import dev.cordon.core.wiring.EmbeddedDatabase;
import dev.cordon.core.wiring.Launch;
import io.restassured.response.Response;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do: own packs, an own database, starting, stopping, the demo. */
class OperationsIT {
  private static final String PACK =
      """
      pack: acme
      version: "1"
      kind: pack
      tenants:
        acme:
          purposes:
            stock: { areas: [retail], legal_basis: legitimate_interests }
      rules:
        - id: acme-stock
          effect: permit
          stage: [admission, input, output]
          when: %s
          explanation: stock is counted
      """;

  @TempDir private Path data;

  @Test
  void theDemoHolds() throws Exception {
    HostProcess.Ended demo = HostProcess.run(data, Map.of(), List.of(), "demo");
    assertEquals(0, demo.code(), demo.output());
    assertTrue(demo.output().contains("every step held"), demo.output());
  }

  @Test
  void aTenantOfOnesOwnIsServedAndItsPackIsOnRecord() throws Exception {
    pack("purpose.registered");
    try (HostProcess host = HostProcess.start(data)) {
      Response answer = analyse(host, "acme", "stock", "retail", "\"cat\",\"dog\"");
      assertEquals(200, answer.statusCode(), answer.asString());
      assertEquals(403, analyse(host, "acme", "stock", "home", "\"cat\"").statusCode());
      assertEquals(403, analyse(host, "nobody", "stock", "retail", "\"cat\"").statusCode());
      List<String> loaded =
          given()
              .auth()
              .oauth2(host.token("acme", Set.of("auditor")))
              .get(host.url() + "/v1/audit/entries")
              .path("entries.leaf.findAll{it.kind=='policy-loaded'}.bundle");
      assertEquals(List.of(answer.<String>path("decision.bundle")), loaded);
    }
  }

  @Test
  @Tag("R45")
  void anAuditorReadsNoOtherTenantsLeaves() throws Exception {
    pack("purpose.registered");
    try (HostProcess host = HostProcess.start(data)) {
      analyse(host, "acme", "stock", "retail", "\"cat\"");
      String others =
          given()
              .auth()
              .oauth2(host.token("auditor"))
              .get(host.url() + "/v1/audit/entries")
              .asString();
      assertTrue(others.contains("policy-loaded"));
      assertFalse(others.contains("acme"));
    }
  }

  @Test
  void aMistakeInAPackStopsTheStartAndNamesItsPlace() throws Exception {
    pack("purpose.registred");
    IOException failure = assertThrows(IOException.class, () -> HostProcess.start(data).close());
    assertTrue(failure.getMessage().contains("acme.yaml:12:"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUARKUS_HTTP_HOST", "QUARKUS_OIDC_PUBLIC_KEY"})
  void noVariableOfTheFrameworkReachesPastTheHostsKeys(String name) {
    IOException failure =
        assertThrows(
            IOException.class,
            () -> HostProcess.start(data, Map.of(name, "0.0.0.0"), List.of()).close());
    assertTrue(failure.getMessage().contains(name), failure.getMessage());
  }

  @Test
  void theEmbeddedDatabaseIsDurableAndStopsWithTheHost() throws Exception {
    Database at;
    try (HostProcess host = HostProcess.start(data)) {
      HostProcess.Ended second = HostProcess.run(data, Map.of(), List.of(), "run", "--port", "0");
      assertEquals(1, second.code(), second.output());
      assertTrue(second.output().contains("another host serves"), second.output());
      at = EmbeddedDatabase.running(data).orElseThrow();
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertEquals("on", show(at, setting), setting);
      }
      assertTrue(host.handle().isAlive());
    }
    assertFalse(Files.exists(data.resolve("postgres").resolve("postmaster.pid")));
    assertThrows(SQLException.class, () -> show(at, "fsync"));
    assertFalse(Files.exists(data.resolve("run.json")));
  }

  @Test
  void anExternalDatabaseIsUsedWithItsTwoRoles() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      try (Connection admin = server.getPostgresDatabase().getConnection();
          Statement sql = admin.createStatement()) {
        sql.execute("CREATE ROLE own LOGIN PASSWORD 'o'");
        sql.execute("CREATE ROLE run LOGIN PASSWORD 'r'");
        sql.execute("CREATE DATABASE cordon OWNER own");
      }
      String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/cordon";
      Map<String, String> environment =
          Map.of(
              "CORDON_DB_URL", url,
              "CORDON_DB_OWNER_USER", "own",
              "CORDON_DB_OWNER_PASSWORD", "o",
              "CORDON_DB_RUNTIME_USER", "run",
              "CORDON_DB_RUNTIME_PASSWORD", "r");
      try (HostProcess host = HostProcess.start(data, environment, List.of())) {
        assertEquals(
            200, analyse(host, "demo", "inventory-check", "retail", "\"cat\"").statusCode());
        assertFalse(Files.exists(data.resolve("postgres")));
      }
      HostProcess.Ended verified = HostProcess.run(data, environment, List.of(), "log", "verify");
      assertEquals(0, verified.code(), verified.output());
    }
  }

  @Test
  @Tag("R24")
  void anAnswerUnderWayStopsWhenItsConsentIsWithdrawn() throws Exception {
    try (HostProcess host = HostProcess.start(data)) {
      String labels =
          IntStream.range(0, 1_500)
              .mapToObj(i -> "\"shelf " + i + "\"")
              .collect(Collectors.joining(","));
      String id = consent(host).path("id");
      CompletableFuture<Response> answer =
          CompletableFuture.supplyAsync(
              () -> analyse(host, "demo", "inventory-check", "retail", labels, "visitor"));
      Thread.sleep(700);
      assertFalse(answer.isDone(), "the call is still under way");
      given()
          .auth()
          .oauth2(host.token("caller"))
          .post(host.url() + "/v1/consents/" + id + "/withdrawal")
          .then()
          .statusCode(200);
      assertEquals(403, answer.get().statusCode());
      assertEquals("CONSENT_MISSING", answer.get().path("code"));
    }
  }

  private void pack(String condition) throws IOException {
    Files.createDirectories(data.resolve("policy"));
    Files.writeString(data.resolve("policy").resolve("acme.yaml"), PACK.formatted(condition));
  }

  private static Response consent(HostProcess host) throws IOException {
    return given()
        .auth()
        .oauth2(host.token("caller"))
        .contentType("application/json")
        .body(
            """
            {"subject":"visitor","purpose":"inventory-check","kind":"regular",
             "notice":{"id":"n","language":"en"}}""")
        .post(host.url() + "/v1/consents");
  }

  private static Response analyse(
      HostProcess host, String tenant, String purpose, String area, String labels) {
    return analyse(host, tenant, purpose, area, labels, null);
  }

  private static Response analyse(
      HostProcess host, String tenant, String purpose, String area, String labels, String subject) {
    String subjects = subject == null ? "" : "\"subjects\":[\"" + subject + "\"],";
    String request =
        """
        {"capability":"image-tagging","purpose":"%s","area":"%s",%s"labels":[%s]}"""
            .formatted(purpose, area, subjects, labels);
    try {
      return given()
          .auth()
          .oauth2(host.token(tenant, Set.of("caller")))
          .multiPart("image", "image", sample("coffee.jpg"))
          .multiPart("request", request, "application/json")
          .post(host.url() + "/v1/analyses");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String show(Database at, String setting) throws SQLException {
    try (Connection connection = Launch.source(at.url(), at.runtime()).getConnection();
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
