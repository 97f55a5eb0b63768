package dev.cordon.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CordonConfigTest {
  @Test
  void defaultsAreSafeForOneMachine() {
    CordonConfig config = properties(Map.of());
    assertEquals(Path.of("./data"), config.data());
    assertEquals("127.0.0.1", config.http().bind());
    assertEquals(8080, config.http().port());
    assertEquals(64, config.http().mostCalls());
    assertEquals(Optional.empty(), config.db().url());
    assertEquals(Optional.empty(), config.db().owner().user());
    assertEquals(Optional.empty(), config.db().owner().password());
    assertEquals(Optional.empty(), config.db().runtime().user());
    assertEquals(Optional.empty(), config.db().runtime().password());
    assertEquals(Optional.empty(), config.identity().issuer());
    assertEquals("cordon", config.identity().audience());
    assertEquals("tenant", config.identity().tenantClaim());
    assertEquals("cordon.local/audit", config.audit().origin());
    assertEquals(Optional.empty(), config.audit().keyFile());
    assertEquals(Optional.empty(), config.audit().pseudonymKeyFile());
    assertEquals(Optional.empty(), config.collections().keyFile());
    assertEquals(400_000, config.collections().mostVectors());
    assertEquals(20_000_000, config.image().maxBytes());
    assertEquals(20_000, config.image().maxSide());
    assertEquals(50_000_000, config.image().maxPixels());
    assertEquals(Path.of("./models/starter"), config.models().pack());
    assertEquals(0, config.models().threads());
    assertEquals(Optional.empty(), config.jobs().keyFile());
    assertEquals(0, config.jobs().workers());
    assertEquals(1_000, config.jobs().mostWaiting());
    assertEquals(500_000_000, config.jobs().mostWaitingBytes());
    assertEquals(Duration.ofDays(1), config.jobs().retention());
    assertEquals(Duration.ofSeconds(30), config.models().deadline());
    assertEquals("https://huggingface.co/", config.models().mirror());
    assertEquals(Duration.ofHours(1), config.models().recheck());
    assertEquals(Optional.empty(), config.models().trust());
    assertEquals(Optional.empty(), config.models().licences());
    assertEquals(Duration.ofSeconds(10), config.routing().unitWorth());
    assertEquals(0, config.routing().edgePrice());
    assertEquals("EUR", config.routing().currency());
    assertEquals(6, config.routing().breakerCalls());
    assertEquals(Duration.ofSeconds(10), config.routing().breakerDelay());
  }

  /** Every key by its variable, so that a renamed key cannot lose its variable unnoticed. */
  @Test
  void everyKeyIsReadFromItsVariable() {
    CordonConfig config =
        environment(
            Map.ofEntries(
                Map.entry("CORDON_DATA", "/srv/cordon"),
                Map.entry("CORDON_HTTP_BIND", "::1"),
                Map.entry("CORDON_HTTP_PORT", "0"),
                Map.entry("CORDON_HTTP_MOST_CALLS", "7"),
                Map.entry("CORDON_DB_URL", "jdbc:postgresql://db/cordon"),
                Map.entry("CORDON_DB_OWNER_USER", "owner"),
                Map.entry("CORDON_DB_OWNER_PASSWORD", "o"),
                Map.entry("CORDON_DB_RUNTIME_USER", "runtime"),
                Map.entry("CORDON_DB_RUNTIME_PASSWORD", "r"),
                Map.entry("CORDON_IDENTITY_ISSUER", "https://idp.example"),
                Map.entry("CORDON_IDENTITY_AUDIENCE", "vision"),
                Map.entry("CORDON_IDENTITY_TENANT_CLAIM", "org"),
                Map.entry("CORDON_AUDIT_ORIGIN", "example.org/log"),
                Map.entry("CORDON_AUDIT_KEY_FILE", "/keys/log"),
                Map.entry("CORDON_AUDIT_PSEUDONYM_KEY_FILE", "/keys/pseudonym"),
                Map.entry("CORDON_COLLECTIONS_KEY_FILE", "/keys/collections"),
                Map.entry("CORDON_COLLECTIONS_MOST_VECTORS", "4"),
                Map.entry("CORDON_IMAGE_MAX_BYTES", "1"),
                Map.entry("CORDON_IMAGE_MAX_SIDE", "2"),
                Map.entry("CORDON_IMAGE_MAX_PIXELS", "3"),
                Map.entry("CORDON_MODELS_PACK", "/models/clip"),
                Map.entry("CORDON_MODELS_DEADLINE", "PT2S"),
                Map.entry("CORDON_MODELS_THREADS", "8"),
                Map.entry("CORDON_JOBS_KEY_FILE", "/keys/jobs"),
                Map.entry("CORDON_JOBS_WORKERS", "5"),
                Map.entry("CORDON_JOBS_MOST_WAITING", "6"),
                Map.entry("CORDON_JOBS_MOST_WAITING_BYTES", "7"),
                Map.entry("CORDON_JOBS_RETENTION", "PT2H"),
                Map.entry("CORDON_MODELS_MIRROR", "https://mirror.example/"),
                Map.entry("CORDON_MODELS_RECHECK", "PT10M"),
                Map.entry("CORDON_MODELS_TRUST", "/keys/models"),
                Map.entry("CORDON_MODELS_LICENCES", "MIT,Apache-2.0"),
                Map.entry("CORDON_CATALOG_TRUST", "/keys/publishers"),
                Map.entry("CORDON_CATALOG_EVALUATORS", "/keys/evaluators"),
                Map.entry("CORDON_CATALOG_TRIPS", "3"),
                Map.entry("CORDON_CATALOG_POLL", "PT0.1S"),
                Map.entry("CORDON_ROUTING_UNIT_WORTH", "PT1M"),
                Map.entry("CORDON_ROUTING_EDGE_PRICE", "0.25"),
                Map.entry("CORDON_ROUTING_CURRENCY", "CHF"),
                Map.entry("CORDON_ROUTING_BREAKER_CALLS", "9"),
                Map.entry("CORDON_ROUTING_BREAKER_DELAY", "PT3S")));
    assertEquals(Path.of("/srv/cordon"), config.data());
    assertEquals("::1", config.http().bind());
    assertEquals(0, config.http().port());
    assertEquals(7, config.http().mostCalls());
    assertEquals(Optional.of("jdbc:postgresql://db/cordon"), config.db().url());
    assertEquals(Optional.of("owner"), config.db().owner().user());
    assertEquals(Optional.of("o"), config.db().owner().password());
    assertEquals(Optional.of("runtime"), config.db().runtime().user());
    assertEquals(Optional.of("r"), config.db().runtime().password());
    assertEquals(Optional.of("https://idp.example"), config.identity().issuer());
    assertEquals("vision", config.identity().audience());
    assertEquals("org", config.identity().tenantClaim());
    assertEquals("example.org/log", config.audit().origin());
    assertEquals(Optional.of(Path.of("/keys/log")), config.audit().keyFile());
    assertEquals(Duration.ofMinutes(1), config.routing().unitWorth());
    assertEquals(0.25, config.routing().edgePrice());
    assertEquals("CHF", config.routing().currency());
    assertEquals(9, config.routing().breakerCalls());
    assertEquals(Duration.ofSeconds(3), config.routing().breakerDelay());
    assertEquals(Optional.of(Path.of("/keys/pseudonym")), config.audit().pseudonymKeyFile());
    assertEquals(Optional.of(Path.of("/keys/collections")), config.collections().keyFile());
    assertEquals(4, config.collections().mostVectors());
    assertEquals(1, config.image().maxBytes());
    assertEquals(2, config.image().maxSide());
    assertEquals(3, config.image().maxPixels());
    assertEquals(Path.of("/models/clip"), config.models().pack());
    assertEquals(8, config.models().threads());
    assertEquals(Optional.of(Path.of("/keys/jobs")), config.jobs().keyFile());
    assertEquals(5, config.jobs().workers());
    assertEquals(6, config.jobs().mostWaiting());
    assertEquals(7, config.jobs().mostWaitingBytes());
    assertEquals(Duration.ofHours(2), config.jobs().retention());
    assertEquals(Duration.ofSeconds(2), config.models().deadline());
    assertEquals("https://mirror.example/", config.models().mirror());
    assertEquals(Duration.ofMinutes(10), config.models().recheck());
    assertEquals(Optional.of(Path.of("/keys/models")), config.models().trust());
    assertEquals(Optional.of(List.of("MIT", "Apache-2.0")), config.models().licences());
    assertEquals(Optional.of(Path.of("/keys/publishers")), config.catalog().trust());
    assertEquals(Optional.of(Path.of("/keys/evaluators")), config.catalog().evaluators());
    assertEquals(3, config.catalog().trips());
    assertEquals(Duration.ofMillis(100), config.catalog().poll());
  }

  @Test
  void theStarterPackageLiesInTheLaunchersHome() {
    assertEquals(
        Path.of("/opt/cordon/models/starter"),
        environment(Map.of("CORDON_HOME", "/opt/cordon")).models().pack());
  }

  @Test
  void anUnknownKeyStopsTheStartWithItsName() {
    ConfigValidationException refusal =
        assertThrows(
            ConfigValidationException.class, () -> properties(Map.of("cordon.http.prot", "8080")));
    assertTrue(refusal.getMessage().contains("cordon.http.prot"), refusal.getMessage());
  }

  private static CordonConfig properties(Map<String, String> values) {
    return builder()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(CordonConfig.class);
  }

  private static CordonConfig environment(Map<String, String> values) {
    return builder()
        .withSources(new EnvConfigSource(values, 300))
        .build()
        .getConfigMapping(CordonConfig.class);
  }

  private static SmallRyeConfigBuilder builder() {
    return new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(CordonConfig.class);
  }
}
