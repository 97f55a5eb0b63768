package dev.cordon.core.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigKeysTest {
  static Set<String> names() {
    return ConfigKeys.names();
  }

  @Test
  void everyKeyHasAVariable() {
    assertEquals(
        Set.of(
            "CORDON_DATA",
            "CORDON_HTTP_BIND",
            "CORDON_HTTP_PORT",
            "CORDON_HTTP_MOST_CALLS",
            "CORDON_DB_URL",
            "CORDON_DB_OWNER_USER",
            "CORDON_DB_OWNER_PASSWORD",
            "CORDON_DB_RUNTIME_USER",
            "CORDON_DB_RUNTIME_PASSWORD",
            "CORDON_IDENTITY_ISSUER",
            "CORDON_IDENTITY_AUDIENCE",
            "CORDON_IDENTITY_TENANT_CLAIM",
            "CORDON_AUDIT_ORIGIN",
            "CORDON_AUDIT_KEY_FILE",
            "CORDON_AUDIT_PSEUDONYM_KEY_FILE",
            "CORDON_COLLECTIONS_KEY_FILE",
            "CORDON_COLLECTIONS_MOST_VECTORS",
            "CORDON_IMAGE_MAX_BYTES",
            "CORDON_IMAGE_MAX_SIDE",
            "CORDON_IMAGE_MAX_PIXELS",
            "CORDON_JOBS_KEY_FILE",
            "CORDON_JOBS_WORKERS",
            "CORDON_JOBS_MOST_WAITING",
            "CORDON_JOBS_MOST_WAITING_BYTES",
            "CORDON_JOBS_RETENTION",
            "CORDON_MODELS_DEADLINE",
            "CORDON_MODELS_PACK",
            "CORDON_MODELS_THREADS",
            "CORDON_MODELS_MIRROR",
            "CORDON_MODELS_RECHECK",
            "CORDON_MODELS_TRUST",
            "CORDON_MODELS_LICENCES",
            "CORDON_CATALOG_TRUST",
            "CORDON_CATALOG_EVALUATORS",
            "CORDON_CATALOG_TRIPS",
            "CORDON_CATALOG_POLL",
            "CORDON_ROUTING_UNIT_WORTH",
            "CORDON_ROUTING_CURRENCY",
            "CORDON_ROUTING_EDGE_PRICE",
            "CORDON_ROUTING_BREAKER_CALLS",
            "CORDON_ROUTING_BREAKER_DELAY"),
        names());
  }

  @ParameterizedTest
  @MethodSource("names")
  void acceptsTheVariableOfEveryKey(String name) {
    assertDoesNotThrow(() -> ConfigKeys.refuseUnknown(Map.of(name, "any")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CORDON_HOME", "CORDON_JAVA_OPTS", "PATH", "cordon_data", "XCORDON_DATA"})
  void acceptsTheLaunchersVariablesAndThoseOfOthers(String name) {
    assertDoesNotThrow(() -> ConfigKeys.refuseUnknown(Map.of(name, "any")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CORDON_", "CORDON_HTTP", "CORDON_HTTP_PORTS", "CORDON_Http_Port", "CORDON_X"})
  void refusesAVariableThatNoKeyAnswersToByItsName(String name) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                ConfigKeys.refuseUnknown(
                    Map.of("CORDON_DATA", "here", name, "a secret", "HOME", "/")));
    assertTrue(refusal.getMessage().contains("`" + name + "`"), refusal.getMessage());
    assertTrue(!refusal.getMessage().contains("a secret"), refusal.getMessage());
  }

  @Test
  void namesTheFirstOfSeveralUnknownVariables() {
    Map<String, String> environment =
        Set.of("CORDON_ZEBRA", "CORDON_APE", "CORDON_DATA").stream()
            .collect(Collectors.toMap(name -> name, name -> ""));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> ConfigKeys.refuseUnknown(environment));
    assertEquals("unknown configuration variable `CORDON_APE`", refusal.getMessage());
  }
}
