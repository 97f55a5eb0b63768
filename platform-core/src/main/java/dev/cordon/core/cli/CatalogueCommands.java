package dev.cordon.core.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cordon.core.cli.HostClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that look after the catalogue of a running host, over its API. */
final class CatalogueCommands {
  private CatalogueCommands() {}

  @Command(
      name = "list",
      description = "Says what there is, what was decided about it and how its calls ended.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Mixin private StewardOptions steward;

    @Override
    public Integer call() throws Exception {
      Answer answer = steward.host().send("GET", "/v1/plugins/catalogue", "", new byte[0]);
      if (answer.status() != 200) {
        return CatalogueCommands.say(answer);
      }
      answer.body().get("plugins").forEach(ListAll::tell);
      return 0;
    }

    private static void tell(JsonNode plugin) {
      System.out.printf(
          "%s %s  %s%s  capability %s%n",
          plugin.get("id").asText(),
          plugin.get("version").asText(),
          plugin.get("state").asText(),
          plugin.get("killed").asBoolean() ? ", KILLED" : "",
          plugin.get("capability").asText());
      if (plugin.has("digest")) {
        System.out.printf("  sha256 %s%n", plugin.get("digest").asText());
      }
      if (plugin.has("purposes")) {
        System.out.printf("  answers for %s%n", words(plugin.get("purposes")));
      }
      JsonNode usage = plugin.get("usage");
      System.out.printf(
          "  answered %s, failures %s, trips %s, last %s%n",
          usage.get("answered").asText(),
          usage.path("failures").isMissingNode() ? "none" : usage.get("failures"),
          usage.get("trips").asText(),
          usage.path("last").asText("never"));
    }

    private static String words(JsonNode list) {
      StringBuilder words = new StringBuilder();
      list.forEach(word -> words.append(words.isEmpty() ? "" : ", ").append(word.asText()));
      return words.toString();
    }
  }

  @Command(
      name = "install",
      description = "Sends a signed package to the host, where it waits for review.",
      mixinStandardHelpOptions = true)
  static final class Install implements Callable<Integer> {
    @Mixin private StewardOptions steward;

    @Parameters(paramLabel = "DIR|ZIP")
    private Path pack;

    @Override
    public Integer call() throws Exception {
      byte[] archive = Files.isDirectory(pack) ? zip(pack) : Files.readAllBytes(pack);
      return say(steward.host().send("POST", "/v1/plugins", "application/zip", archive));
    }

    private static byte[] zip(Path folder) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream out = new ZipOutputStream(bytes);
          Stream<Path> entries = Files.list(folder)) {
        for (Path file : entries.sorted().toList()) {
          out.putNextEntry(new ZipEntry(file.getFileName().toString()));
          out.write(Files.readAllBytes(file));
        }
      }
      return bytes.toByteArray();
    }
  }

  @Command(
      name = "review",
      description = "Says that you reviewed a package, with its signed evaluation before you.",
      mixinStandardHelpOptions = true)
  static final class Review implements Callable<Integer> {
    @Mixin private StewardOptions steward;

    @Parameters(index = "0", paramLabel = "DIGEST")
    private String digest;

    @Parameters(index = "1", paramLabel = "REPORT", description = "see `cordon plugins evaluate`")
    private Path report;

    @Override
    public Integer call() throws Exception {
      byte[] bytes = Files.readAllBytes(report);
      String path = "/v1/plugins/" + digest + "/review";
      return say(steward.host().send("POST", path, "text/plain", bytes));
    }
  }

  /** What is decided for one purpose of the tenant; the command is called as the API has it. */
  abstract static class ForPurpose implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private StewardOptions steward;

    @Parameters(paramLabel = "DIGEST")
    private String digest;

    @Option(names = "--purpose", paramLabel = "NAME", required = true)
    private String purpose;

    @Override
    public Integer call() throws Exception {
      String body = JsonNodeFactory.instance.objectNode().put("purpose", purpose).toString();
      String path = "/v1/plugins/" + digest + "/" + spec.name();
      return say(
          steward
              .host()
              .send("POST", path, "application/json", body.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Command(
      name = "enable",
      description = "Lets a reviewed package answer for a purpose.",
      mixinStandardHelpOptions = true)
  static final class Enable extends ForPurpose {}

  @Command(
      name = "disable",
      description = "Stops a package from answering for a purpose.",
      mixinStandardHelpOptions = true)
  static final class Disable extends ForPurpose {}

  @Command(
      name = "replace",
      description = "Lets a package answer in place of the one that does.",
      mixinStandardHelpOptions = true)
  static final class Replace extends ForPurpose {}

  @Command(
      name = "rollback",
      description = "Lets the package answer again that this one replaced.",
      mixinStandardHelpOptions = true)
  static final class RollBack extends ForPurpose {}

  /** What is decided about a plugin everywhere; called as the API has it, too. */
  abstract static class Everywhere implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private StewardOptions steward;

    @Parameters(paramLabel = "ID|DIGEST")
    private String name;

    @Override
    public Integer call() throws Exception {
      String path = "/v1/plugins/" + name + "/" + spec.name();
      return say(steward.host().send("POST", path, "", new byte[0]));
    }
  }

  @Command(
      name = "kill",
      description = "Stops a plugin by its id, or a package by its digest, on every host at once.",
      mixinStandardHelpOptions = true)
  static final class Kill extends Everywhere {}

  @Command(
      name = "revive",
      description = "Lets it answer again; not by who stopped it.",
      mixinStandardHelpOptions = true)
  static final class Revive extends Everywhere {}

  @Command(
      name = "remove",
      description = "Drops a package that answers nowhere.",
      mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Mixin private StewardOptions steward;

    @Parameters(paramLabel = "DIGEST")
    private String digest;

    @Override
    public Integer call() throws Exception {
      return say(steward.host().send("DELETE", "/v1/plugins/" + digest, "", new byte[0]));
    }
  }

  private static int say(Answer answer) {
    JsonNode body = answer.body();
    if (answer.status() >= 300) {
      System.err.printf(
          "cordon: %s: %s%n", body.path("code").asText(), body.path("detail").asText());
      return 1;
    }
    JsonNode plugin = body.path("plugin");
    System.out.println(
        plugin.isMissingNode()
            ? body.path("name").asText()
                + (body.path("killed").asBoolean() ? " killed" : " revived")
            : "%s %s %s%n  sha256 %s"
                .formatted(
                    plugin.path("id").asText(),
                    plugin.path("version").asText(),
                    plugin.path("state").asText(),
                    plugin.path("digest").asText()));
    System.out.printf("  on record at index %s%n", body.path("receipt").path("index").asText());
    return 0;
  }
}
