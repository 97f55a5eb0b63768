package dev.cordon.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads committed vectors; JSON is read as the YAML that it is. */
public final class Vectors {
  private Vectors() {}

  /** The list of objects in one file of testdata. */
  public static List<Map<String, Object>> read(String file) {
    try (var stream = Vectors.class.getResourceAsStream("/testdata/" + file)) {
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list of texts, empty when the key is absent. */
  @SuppressWarnings("unchecked")
  public static List<String> texts(Map<String, Object> vector, String key) {
    return (List<String>) vector.getOrDefault(key, List.of());
  }
}
