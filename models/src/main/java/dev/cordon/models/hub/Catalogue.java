package dev.cordon.models.hub;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packages that can be pulled by name. A digest stands here only where it is known; a file
 * without one is fetched only by whoever brings the digest.
 */
public final class Catalogue {
  private final List<Entry> entries;

  private Catalogue(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * One package on a hub.
   *
   * @param repository owner and name there
   * @param revision commit or branch there
   * @param unsupported what of it this version cannot run; null when it can
   * @param files by their role: {@code image}, {@code text} and {@code tokenizer}
   * @param manifest the package's manifest but for files, tensors and dimension, which are read
   *     from what was fetched
   */
  public record Entry(
      String name,
      String repository,
      String revision,
      String unsupported,
      Map<String, Source> files,
      ObjectNode manifest) {
    /** What the model is, in one line. */
    public String title() {
      return manifest.path("title").asText();
    }

    /** Whether every file's digest is known here. */
    public boolean isPinned() {
      return files.values().stream().allMatch(file -> file.sha256() != null);
    }
  }

  /** A file of the hub's layout; digest and size are null where nobody has told them. */
  public record Source(String path, String sha256, Long bytes) {
    /** What it must be, if that is known. */
    public Optional<Pinned> pinned() {
      return Optional.ofNullable(sha256)
          .map(digest -> new Pinned(digest, bytes == null ? 0 : bytes));
    }

    /** The same graph before bits were taken from it, where the hub's layout has one beside it. */
    Optional<Source> float32() {
      String before = path.replaceFirst("_(quantized|u?int8|q8)\\.onnx$", ".onnx");
      return before.equals(path) ? Optional.empty() : Optional.of(new Source(before, null, null));
    }

    /** Its name without folders. */
    public String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** The catalogue that ships. */
  public static Catalogue shipped() {
    JsonMapper json =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try (InputStream file = Catalogue.class.getResourceAsStream("catalogue.json")) {
      return new Catalogue(List.of(json.readValue(file, Entry[].class)));
    } catch (IOException e) {
      throw new IllegalStateException("the catalogue cannot be read", e);
    }
  }

  public List<Entry> entries() {
    return entries;
  }

  /** The entry of that name. */
  public Optional<Entry> find(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
