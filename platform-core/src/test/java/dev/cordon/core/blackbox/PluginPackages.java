package dev.cordon.core.blackbox;

import dev.cordon.models.digest.Sha256;
import dev.cordon.sandbox.evaluation.Check;
import dev.cordon.sandbox.evaluation.EvaluationReport;
import dev.cordon.sandbox.evaluation.Result;
import dev.cordon.sandbox.evaluation.Result.Outcome;
import dev.cordon.sandbox.pack.SignedText;
import dev.cordon.sandbox.pack.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packages of plugins, signed by a publisher that a data folder trusts, and their evaluations. */
final class PluginPackages {
  static final String TENANT = "shop";
  static final String PURPOSE = "stock-count";
  private static final Path SANDBOX = HostProcess.ROOT.resolve("sandbox");

  private final SigningKey publisher = SigningKey.generate();
  private final SigningKey evaluator = SigningKey.generate();

  /** Writes trust and a policy whose purpose lists the capabilities of the tests. */
  PluginPackages(Path data) throws IOException {
    trust(data);
  }

  void trust(Path data) throws IOException {
    write(data.resolve("plugins/trust/acme.pub"), publisher.publicHalf().pem());
    write(data.resolve("plugins/evaluators/lab.pub"), evaluator.publicHalf().pem());
    write(
        data.resolve("policy/shop.yaml"),
        """
        pack: shop
        version: "1"
        kind: pack
        tenants:
          shop:
            purposes:
              stock-count:
                capabilities: [image-tagging, label-match, probe]
                legal_basis: legitimate_interests
              shelf-check:
                capabilities: [label-match]
                legal_basis: legitimate_interests
        rules:
          - id: shop-counts
            effect: permit
            stage: [admission, input, output]
            when: purpose.registered
            explanation: the shop looks at its shelves
        """);
  }

  /** The same tenant without the purpose that packages are enabled for. */
  static void forget(Path data) throws IOException {
    Path policy = data.resolve("policy/shop.yaml");
    write(policy, Files.readString(policy).replace(PURPOSE + ":", "something-else:"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** The example in this version; a floor of 1 finds nothing in any image. */
  byte[] labelMatch(String version, String floor) throws IOException {
    Path example = SANDBOX.resolve("examples/label-match/package");
    String manifest =
        Files.readString(example.resolve("plugin.json"))
            .replace("\"1.0.0\"", "\"" + version + "\"")
            .replace("\"default\": \"0\"", "\"default\": \"" + floor + "\"")
            .replace("cordon-examples", "acme");
    return zip(sign(manifest, Files.readAllBytes(example.resolve("label-match.wasm"))));
  }

  /** A module of the folder of hostile ones, as the capability `probe`. */
  byte[] hostile(String module, String version) throws IOException {
    return zip(sign(probe(version, "\"similarities\""), module(module)));
  }

  static byte[] module(String name) throws IOException {
    return Files.readAllBytes(
        SANDBOX.resolve("src/test/resources/dev/cordon/sandbox/hostile/" + name + ".wasm"));
  }

  static String probe(String version, String permissions) {
    return """
        {"id": "probe", "version": "%s", "spi": "1.0", "capability": "probe", "title": "A probe",
         "permissions": [%s], "settings": [], "licence": "MIT", "publisher": "acme",
         "wasm": "plugin.wasm"}"""
        .formatted(version, permissions);
  }

  /** The files of a package, signed by the trusted publisher. */
  SortedMap<String, byte[]> sign(String manifest, byte[] module) {
    return sign(manifest, module, publisher);
  }

  static SortedMap<String, byte[]> sign(String manifest, byte[] module, SigningKey key) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("plugin.json", manifest.getBytes(StandardCharsets.UTF_8));
    files.put(manifest.contains("label-match.wasm") ? "label-match.wasm" : "plugin.wasm", module);
    StringBuilder statement = new StringBuilder("cordon plugin package 1\n");
    files.forEach(
        (name, content) ->
            statement.append(Sha256.of(content)).append("  ").append(name).append('\n'));
    files.put("plugin.sig", SignedText.sign(statement.toString(), key).write());
    return files;
  }

  static byte[] zip(SortedMap<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** A report about a package in which every check ended like this. */
  byte[] evaluation(String digest, Outcome outcome) {
    return evaluation(digest, outcome, evaluator);
  }

  /** As above, with the publisher's own key, which the data folder is made to trust for it. */
  byte[] ownEvaluation(Path data, String digest) throws IOException {
    write(data.resolve("plugins/evaluators/lab.own.pub"), publisher.publicHalf().pem());
    return evaluation(digest, Outcome.PASSED, publisher);
  }

  static byte[] evaluation(String digest, Outcome outcome, SigningKey key) {
    return new EvaluationReport(
            digest,
            "1.0",
            "0".repeat(64),
            "0.1.0",
            Instant.parse("2026-11-29T06:00:00.000Z"),
            "lab",
            Stream.of(Check.values())
                .map(check -> new Result(check, outcome, Optional.empty()))
                .toList())
        .sign(key);
  }
}
