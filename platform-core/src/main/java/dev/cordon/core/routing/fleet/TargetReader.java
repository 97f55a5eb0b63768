package dev.cordon.core.routing.fleet;

import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.fleet.TargetSettings.Towers;
import dev.cordon.models.oip.TargetOptions;
import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.bundle.YamlElement;
import dev.cordon.policy.bundle.YamlElement.Fields;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one target; files that it names lie in the folder unless their path is absolute. */
final class TargetReader {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "url",
          "packages",
          "tls",
          "credentials",
          "region",
          "tenants",
          "data_classes",
          "price",
          "deadline",
          "attempts",
          "batch",
          "lanes",
          "hedge",
          "canary");
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration CANARY = Duration.ofSeconds(15);

  private final Path folder;

  TargetReader(Path folder) {
    this.folder = folder;
  }

  TargetSettings read(YamlElement element) throws PolicyLoadException {
    Fields fields = element.fields(KEYS);
    String id = Scalars.matching(fields.required("id"), Scalars.ID, "an id");
    if (id.equals(Candidate.EDGE)) {
      throw fields.required("id").error("`edge` is this host itself");
    }
    Map<String, Towers> towers = towers(fields.required("packages"));
    TargetSettings.Endpoint endpoint = endpoint(fields);
    for (Towers each : towers.values()) {
      for (String name : each.names()) {
        check(fields.required("url"), endpoint, name, each.version());
      }
    }
    return new TargetSettings(
        id,
        endpoint,
        towers,
        Scalars.matching(fields.required("region"), Scalars.REGION, "a region such as EU or US-CA"),
        Scalars.list(fields.required("tenants"), Scalars.TENANT, "a tenant"),
        Scalars.list(fields.required("data_classes"), Scalars.ID, "a class of data"),
        price(fields.optional("price")),
        count(fields, "lanes", 1024, 8),
        time(fields, "canary", Duration.ofSeconds(1), CANARY));
  }

  private static Map<String, Towers> towers(YamlElement packages) throws PolicyLoadException {
    Map<String, Towers> towers = new LinkedHashMap<>();
    for (var entry : packages.entries().entrySet()) {
      if (!Scalars.PACKAGE.matcher(entry.getKey()).matches()) {
        throw entry.getValue().error("`" + entry.getKey() + "` is not the id of a package");
      }
      Fields fields = entry.getValue().fields(Set.of("image", "text", "version"));
      towers.put(
          entry.getKey(),
          new Towers(
              fields.required("image").text(),
              text(fields.optional("text")),
              text(fields.optional("version"))));
    }
    if (towers.isEmpty()) {
      throw packages.error("a target serves at least one package");
    }
    return towers;
  }

  private TargetSettings.Endpoint endpoint(Fields fields) throws PolicyLoadException {
    URI url;
    try {
      url = URI.create(fields.required("url").text());
    } catch (IllegalArgumentException e) {
      throw fields.required("url").error("is not an address", e);
    }
    TargetOptions.Tls tls = tls(fields.optional("tls"));
    TargetOptions.Credentials credentials = credentials(fields.optional("credentials"));
    Duration deadline = time(fields, "deadline", Duration.ofMillis(10), DEADLINE);
    int attempts = count(fields, "attempts", 5, 2);
    int batch = count(fields, "batch", 1024, 8);
    Optional<YamlElement> hedge = fields.optional("hedge");
    // Off unless it is asked for.
    Duration slow = hedge.isEmpty() ? null : Scalars.time(hedge.get(), Duration.ofMillis(1));
    return (name, version) ->
        new TargetOptions(
            url, name, version.orElse(null), tls, credentials, deadline, attempts, batch, slow);
  }

  private static void check(
      YamlElement place, TargetSettings.Endpoint endpoint, String name, Optional<String> version)
      throws PolicyLoadException {
    try {
      endpoint.model(name, version);
    } catch (IllegalArgumentException e) {
      throw place.error(e.getMessage().replace("`uri`", "`url`"), e);
    }
  }

  private TargetOptions.Tls tls(Optional<YamlElement> element) throws PolicyLoadException {
    if (element.isEmpty()) {
      return null;
    }
    Fields fields = element.get().fields(Set.of("authorities", "certificate", "key"));
    try {
      return new TargetOptions.Tls(
          file(fields.required("authorities")),
          fileOrNull(fields.optional("certificate")),
          fileOrNull(fields.optional("key")));
    } catch (IllegalArgumentException e) {
      throw element.get().error(e.getMessage(), e);
    }
  }

  private TargetOptions.Credentials credentials(Optional<YamlElement> element)
      throws PolicyLoadException {
    if (element.isEmpty()) {
      return null;
    }
    Fields fields = element.get().fields(Set.of("tokens", "client", "secret_file", "scope"));
    YamlElement secret = fields.required("secret_file");
    try {
      return new TargetOptions.Credentials(
          URI.create(fields.required("tokens").text()),
          fields.required("client").text(),
          Files.readString(file(secret)).strip(),
          text(fields.optional("scope")).orElse(null));
    } catch (IllegalArgumentException e) {
      throw element.get().error(e.getMessage(), e);
    } catch (IOException e) {
      throw secret.error("this file cannot be read", e);
    }
  }

  private static Price price(Optional<YamlElement> element) throws PolicyLoadException {
    if (element.isEmpty()) {
      return Price.FREE;
    }
    Fields fields = element.get().fields(Set.of("per_call", "per_second", "per_gigabyte"));
    return new Price(
        amount(fields.optional("per_call")),
        amount(fields.optional("per_second")),
        amount(fields.optional("per_gigabyte")));
  }

  private static BigDecimal amount(Optional<YamlElement> element) throws PolicyLoadException {
    return element.isEmpty() ? BigDecimal.ZERO : Scalars.amount(element.get());
  }

  private static int count(Fields fields, String key, int most, int otherwise)
      throws PolicyLoadException {
    Optional<YamlElement> element = fields.optional(key);
    return element.isEmpty() ? otherwise : Scalars.count(element.get(), most);
  }

  private static Duration time(Fields fields, String key, Duration least, Duration otherwise)
      throws PolicyLoadException {
    Optional<YamlElement> element = fields.optional(key);
    return element.isEmpty() ? otherwise : Scalars.time(element.get(), least);
  }

  private static Optional<String> text(Optional<YamlElement> element) throws PolicyLoadException {
    return element.isEmpty() ? Optional.empty() : Optional.of(element.get().text());
  }

  private Path fileOrNull(Optional<YamlElement> element) throws PolicyLoadException {
    return element.isEmpty() ? null : file(element.get());
  }

  private Path file(YamlElement element) throws PolicyLoadException {
    Path file = folder.resolve(element.text());
    if (!Files.isRegularFile(file)) {
      throw element.error("there is no file `" + element.text() + "`");
    }
    return file;
  }
}
