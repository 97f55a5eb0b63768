package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.PluginPackages.PURPOSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.sandbox.pack.PackageSigner;
import dev.cordon.sandbox.pack.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/write-a-plugin.md from a signed folder on, and of docs/operations.md. */
class PluginCommandsIT {
  private static final Path EXAMPLE =
      HostProcess.ROOT.resolve("sandbox/examples/label-match/package");

  @TempDir Path home;
  private final SigningKey publisher = SigningKey.generate();

  @Test
  @Tag("R52")
  void aPackageGoesFromItsFolderToAnAnswerAndOutOfServiceByCommandsAlone() throws Exception {
    Path data = home.resolve("data");
    PluginPackages packages = new PluginPackages(data);
    SigningKey lab = SigningKey.generate();
    lab.write(home.resolve("lab.key"));
    Files.copy(home.resolve("lab.key.pub"), data.resolve("plugins/evaluators/lab.mine.pub"));
    Files.writeString(data.resolve("plugins/trust/acme.mine.pub"), publisher.publicHalf().pem());
    Path first = signed("1.0.0");
    Path second = signed("1.1.0");
    evaluate(data, first);
    evaluate(data, second);
    try (HostProcess host = HostProcess.start(data)) {
      PluginClient client = new PluginClient(host, packages);
      String old = installed(data, first);
      String alone = run(1, data, "enable", old, "--purpose", PURPOSE, "--as", "rolf");
      assertTrue(alone.contains("FOUR_EYES"), alone);
      run(0, data, "enable", old, "--purpose", PURPOSE, "--as", "eva");
      assertEquals(200, client.ask("label-match").statusCode());
      String next = installed(data, second);
      run(0, data, "replace", next, "--purpose", PURPOSE, "--as", "eva");
      assertEquals("label-match@1.1.0", answering(client));
      run(0, data, "rollback", next, "--purpose", PURPOSE, "--as", "eva");
      assertEquals("label-match@1.0.0", answering(client));
      String listed = run(0, data, "list");
      assertTrue(listed.contains("label-match 1.0.0  reviewed"), listed);
      assertTrue(listed.contains("answers for stock-count"), listed);
      run(0, data, "kill", "label-match", "--as", "eva");
      assertEquals(503, client.ask("label-match").statusCode());
      assertTrue(run(0, data, "list").contains("reviewed, KILLED"));
      run(0, data, "revive", "label-match", "--as", "rolf");
      run(0, data, "disable", old, "--purpose", PURPOSE, "--as", "eva");
      run(0, data, "remove", old, "--as", "eva");
      assertEquals(404, client.ask("label-match").statusCode());
    }
  }

  private Path signed(String version) throws Exception {
    Path folder = Files.createDirectory(home.resolve(version));
    Files.copy(EXAMPLE.resolve("label-match.wasm"), folder.resolve("label-match.wasm"));
    Files.writeString(
        folder.resolve("plugin.json"),
        Files.readString(EXAMPLE.resolve("plugin.json"))
            .replace("\"1.0.0\"", "\"" + version + "\"")
            .replace("cordon-examples", "acme"));
    PackageSigner.sign(folder, publisher);
    return folder;
  }

  private void evaluate(Path data, Path folder) throws Exception {
    String trust = data.resolve("plugins/trust").toString();
    String key = home.resolve("lab.key").toString();
    HostProcess.Ended ended =
        HostProcess.run(
            data,
            Map.of(),
            List.of(),
            "plugins",
            "evaluate",
            folder.toString(),
            "--trust",
            trust,
            "--key",
            key,
            "--evaluator",
            "lab",
            "--out",
            folder + ".eval");
    assertEquals(0, ended.code(), ended.output());
  }

  /** Its digest, once it is installed from its folder and reviewed. */
  private String installed(Path data, Path folder) throws Exception {
    String said = run(0, data, "install", folder.toString(), "--as", "ines");
    String digest = said.replaceAll("(?s).*sha256 ([0-9a-f]{64}).*", "$1");
    run(0, data, "review", digest, folder + ".eval", "--as", "rolf");
    return digest;
  }

  /** By the leaf of the answer. */
  private static String answering(PluginClient client) throws Exception {
    assertEquals(200, client.ask("label-match").statusCode());
    return (String) client.leaves("analysis").getLast().get("plugin");
  }

  private static String run(int code, Path data, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("plugins"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--tenant", PluginPackages.TENANT));
    HostProcess.Ended ended =
        HostProcess.run(data, Map.of(), List.of(), all.toArray(String[]::new));
    assertEquals(code, ended.code(), ended.output());
    return ended.output();
  }
}
