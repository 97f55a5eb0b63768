package dev.cordon.core.blackbox;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cordon.sandbox.pack.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a package: its reason, a leaf, and nothing left behind. */
class BadPluginsIT {
  @TempDir static Path folder;
  private static HostProcess host;
  private static PluginPackages packages;
  private static PluginClient client;

  @BeforeAll
  static void start() throws Exception {
    Path data = folder.resolve("data");
    packages = new PluginPackages(data);
    host = HostProcess.start(data);
    client = new PluginClient(host, packages);
    client.install("ines", packages.hostile("answer", "1.0.0")).statusCode(201);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  /** A package made anew for a test, and the reason it is refused for. */
  private interface Made {
    byte[] archive() throws Exception;
  }

  record Bad(String name, String reason, Made made) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Bad> bad() throws Exception {
    return List.of(
        new Bad("unsigned", "UNSIGNED", () -> PluginPackages.zip(without("plugin.sig"))),
        new Bad(
            "signed by a stranger",
            "STRANGER",
            () ->
                PluginPackages.zip(
                    PluginPackages.sign(
                        PluginPackages.probe("2.0.0", "\"similarities\""),
                        PluginPackages.module("answer"),
                        SigningKey.generate()))),
        new Bad("one byte changed", "CHANGED", () -> PluginPackages.zip(changed())),
        new Bad("a file more", "UNDECLARED_FILE", () -> PluginPackages.zip(with("more.txt", 1))),
        new Bad("a way out", "UNSAFE_PATH", () -> PluginPackages.zip(with("../../more", 1))),
        new Bad("a bomb", "TOO_LARGE", () -> PluginPackages.zip(with("zeros.bin", 64 << 20))),
        new Bad(
            "another SPI",
            "SPI_VERSION",
            () ->
                PluginPackages.zip(
                    packages.sign(
                        PluginPackages.probe("2.0.0", "\"similarities\"")
                            .replace("\"spi\": \"1.0\"", "\"spi\": \"2.0\""),
                        PluginPackages.module("answer")))),
        new Bad("an id and version again", "DUPLICATE", () -> packages.hostile("trap", "1.0.0")),
        new Bad("the same again", "DUPLICATE", () -> packages.hostile("answer", "1.0.0")),
        new Bad(
            "the capability of another",
            "DUPLICATE",
            () ->
                PluginPackages.zip(
                    packages.sign(
                        PluginPackages.probe("2.0.0", "\"similarities\"")
                            .replace(
                                "\"capability\": \"probe\"", "\"capability\": \"image-tagging\""),
                        PluginPackages.module("answer")))),
        new Bad(
            "an update that wants more",
            "PERMISSIONS_GROWN",
            () ->
                PluginPackages.zip(
                    packages.sign(
                        PluginPackages.probe("2.0.0", "\"similarities\", \"pixels\""),
                        PluginPackages.module("answer")))),
        new Bad("a module that is none", "IMPORT", () -> packages.hostile("wasi", "2.0.0")),
        new Bad(
            "a version like a mail address",
            "VERSION",
            () -> packages.hostile("answer", "2.0.0-rc.example")),
        new Bad("nothing at all", "UNREADABLE", () -> new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isRefusedWithALeafAndLeavesNothing(Bad bad) throws Exception {
    String before = left();
    int leaves = client.leaves("plugin-refused").size();
    client
        .install("ines", bad.made().archive())
        .statusCode(422)
        .body("code", equalTo("PLUGIN_REFUSED"))
        .body("detail", containsString(bad.reason() + ": "))
        .body("receipt.index", notNullValue());
    List<Map<String, Object>> refused = client.leaves("plugin-refused");
    assertEquals(leaves + 1, refused.size());
    assertEquals(bad.reason(), refused.getLast().get("code"));
    assertEquals("deny", refused.getLast().get("effect"));
    assertEquals(before, left());
  }

  @Test
  void whatIsNoArchiveIsNotRead() throws Exception {
    client
        .as("ines", "plugin-steward")
        .contentType("application/json")
        .body("{}")
        .post("/v1/plugins")
        .then()
        .statusCode(415);
    client.install("ines", new byte[26_000_000]).statusCode(413);
  }

  /** Rows of the registry and files under the data folder. */
  private static String left() throws IOException {
    String catalogue = client.as("ines", "plugin-steward").get("/v1/plugins/catalogue").asString();
    try (Stream<Path> files = Files.walk(host.data().resolve("plugins"))) {
      return catalogue + files.sorted().toList();
    }
  }

  private static SortedMap<String, byte[]> sound() throws Exception {
    return packages.sign(
        PluginPackages.probe("2.0.0", "\"similarities\""), PluginPackages.module("answer"));
  }

  private static SortedMap<String, byte[]> without(String name) throws Exception {
    SortedMap<String, byte[]> files = sound();
    files.remove(name);
    return files;
  }

  private static SortedMap<String, byte[]> with(String name, int size) throws Exception {
    SortedMap<String, byte[]> files = new TreeMap<>(sound());
    files.put(name, new byte[size]);
    return files;
  }

  private static SortedMap<String, byte[]> changed() throws Exception {
    SortedMap<String, byte[]> files = sound();
    byte[] module = files.get("plugin.wasm").clone();
    module[module.length - 1] ^= 1;
    files.put("plugin.wasm", module);
    return files;
  }
}
