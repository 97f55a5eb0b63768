package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.tagging;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.core.identity.DemoIdentity;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a real identity provider: taken when they are whole, refused in every other case. */
class KeycloakIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path data;
  private static KeycloakServer keycloak;
  private static HostProcess host;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    keycloak = KeycloakServer.start();
    host = HostProcess.start(data, "-Dcordon.identity.issuer=" + keycloak.issuer());
  }

  @AfterAll
  static void stop() {
    try {
      if (host != null) {
        host.close();
      }
    } finally {
      if (keycloak != null) {
        keycloak.close();
      }
    }
  }

  @Test
  void thePageGetsNoTokenOfTheHostItself() {
    assertEquals(404, PageTokenIT.page(host.url(), Map.of()).post("/v1/page-token").statusCode());
  }

  @Test
  void takesATokenOfTheRealm() throws IOException, InterruptedException {
    decide(keycloak.token("camera"))
        .statusCode(200)
        .body("decision.effect", equalTo("permit"))
        .body("receipt.leafHash", matchesPattern("[0-9a-f]{64}"));
  }

  @Test
  void refusesATokenWithoutTheRole() throws IOException, InterruptedException {
    decide(keycloak.token("bystander")).statusCode(403).body("code", equalTo("ROLE_MISSING"));
  }

  @Test
  void refusesATokenForAnotherAudience() throws IOException, InterruptedException {
    refused(keycloak.token("stranger"));
  }

  @Test
  void refusesATokenThatHasExpired() throws IOException, InterruptedException {
    String token = keycloak.token("hasty");
    Instant end = Instant.ofEpochSecond(payload(token).get("exp").asLong());
    while (Instant.now().isBefore(end.plusSeconds(2))) {
      Thread.sleep(200);
    }
    refused(token);
  }

  @Test
  void refusesATamperedSignature() throws IOException, InterruptedException {
    String[] parts = keycloak.token("camera").split("\\.");
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    signature[signature.length / 2] ^= 1;
    refused(parts[0] + "." + parts[1] + "." + encode(signature));
  }

  @Test
  void refusesATamperedPayload() throws IOException, InterruptedException {
    String token = keycloak.token("camera");
    String[] parts = token.split("\\.");
    String payload = encode(JSON.writeValueAsBytes(payload(token).put("tenant", "other")));
    refused(parts[0] + "." + payload + "." + parts[2]);
  }

  @Test
  void refusesATokenThatNobodySigned() throws IOException, InterruptedException {
    String[] parts = keycloak.token("camera").split("\\.");
    String header = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    refused(header + "." + parts[1] + ".");
    refused(header + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void refusesATokenSignedByAnotherKey()
      throws IOException, InterruptedException, GeneralSecurityException {
    String[] parts = keycloak.token("camera").split("\\.");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    refused(parts[0] + "." + parts[1] + "." + encode(signature.sign()));
  }

  @Test
  void refusesAPublicKeyUsedAsASecret()
      throws IOException, InterruptedException, GeneralSecurityException {
    String[] parts = keycloak.token("camera").split("\\.");
    ObjectNode header = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
    String signed = encode(JSON.writeValueAsBytes(header.put("alg", "HS256"))) + "." + parts[1];
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(keycloak.publicKey()), "HmacSHA256"));
    refused(signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void refusesADemoIdentity(@TempDir Path folder) throws IOException, InterruptedException {
    refused(DemoIdentity.openOrCreate(folder).token("demo", Set.of("caller"), "cordon"));
    HostProcess.Ended ended = HostProcess.run(data, Map.of(), List.of(), "token", "caller");
    assertEquals(1, ended.code());
    assertTrue(ended.output().contains("no demo identity"), ended.output());
  }

  private static void refused(String token) {
    decide(token)
        .statusCode(401)
        .contentType(startsWith("application/problem+json"))
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("code", equalTo("UNAUTHENTICATED"));
  }

  private static ValidatableResponse decide(String token) {
    return given()
        .baseUri(host.url())
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(tagging("accessibility-captions", "home", "\"cat\",\"dog\""))
        .post("/v1/decisions")
        .then();
  }

  private static ObjectNode payload(String token) throws IOException {
    return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
