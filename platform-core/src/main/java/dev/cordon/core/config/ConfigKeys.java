package dev.cordon.core.config;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads the configuration before the framework is up and refuses variables that no key answers to.
 */
public final class ConfigKeys {
  /** Variables that the launcher itself understands. */
  private static final Set<String> LAUNCHER = Set.of("CORDON_HOME", "CORDON_JAVA_OPTS");

  private ConfigKeys() {}

  /** Reads and validates all sources; the message of the exception names the offending key. */
  public static CordonConfig read() {
    refuseUnknown(System.getenv());
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultSources()
            .addDefaultInterceptors()
            .withMapping(CordonConfig.class)
            .build();
    return config.getConfigMapping(CordonConfig.class);
  }

  /** The framework ignores unknown environment variables silently; a typo must not. */
  static void refuseUnknown(Map<String, String> environment) {
    Set<String> known = names();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith("QUARKUS_") && !name.startsWith("QUARKUS_LOG_")) {
        throw new IllegalArgumentException(
            "`" + name + "` would reach past the host's own keys; only QUARKUS_LOG_… is taken");
      }
    }
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith("CORDON_") && !known.contains(name) && !LAUNCHER.contains(name)) {
        throw new IllegalArgumentException("unknown configuration variable `" + name + "`");
      }
    }
  }

  /** The environment variable of every key. */
  static Set<String> names() {
    return ConfigMappings.getProperties(
            ConfigMappings.ConfigClass.configClass(CordonConfig.class, "cordon"))
        .keySet()
        .stream()
        // The mapping also names the elements of a list, which have no variable of their own.
        .filter(key -> !key.endsWith("[*]"))
        .map(key -> key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
