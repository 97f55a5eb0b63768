package dev.cordon.models.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.graph.TestGraphs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** Packages made for tests out of the starter. */
public final class TestPackages {
  public static final Path STARTER = Path.of("starter");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TestPackages() {}

  public static ObjectNode starterManifest() throws IOException {
    return (ObjectNode) JSON.readTree(STARTER.resolve("manifest.json").toFile());
  }

  /** The starter's files under a manifest that was changed. */
  public static Path copy(Path folder, Consumer<ObjectNode> change) throws IOException {
    ObjectNode manifest = starterManifest();
    for (String name : names(manifest)) {
      Files.copy(STARTER.resolve(name), folder.resolve(name));
    }
    change.accept(manifest);
    write(folder, manifest);
    return folder;
  }

  /** A package of the starter's shape whose files are a few bytes each. */
  static Path tiny(Path folder) throws IOException {
    ObjectNode manifest = starterManifest();
    for (String name : names(manifest)) {
      byte[] content =
          name.endsWith(".onnx")
              ? TestGraphs.image("embedding", 4)
              : ("content of " + name).getBytes(StandardCharsets.UTF_8);
      Files.write(folder.resolve(name), content);
      declare(manifest, name, content);
    }
    write(folder, manifest);
    return folder;
  }

  static void declare(ObjectNode manifest, String name, byte[] content) {
    ((ObjectNode) manifest.get("files"))
        .putObject(name)
        .put("sha256", sha256(content))
        .put("bytes", content.length);
  }

  static void write(Path folder, JsonNode manifest) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), manifest.toPrettyString());
  }

  static List<String> names(JsonNode manifest) {
    return manifest.get("files").properties().stream().map(e -> e.getKey()).toList();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
