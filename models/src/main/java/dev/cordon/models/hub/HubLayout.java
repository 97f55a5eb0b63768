package dev.cordon.models.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.digest.Sha256;
import dev.cordon.models.gate.FamilyGate;
import dev.cordon.models.graph.GraphHeader;
import dev.cordon.models.manifest.ManifestReader;
import dev.cordon.models.manifest.ModelManifest.Task;
import dev.cordon.models.registry.ModelPackageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a package out of the layout that transformers.js uses: takes the two graphs and the
 * tokenizer, and the graphs in float32 where they are there, reads tensors from the graphs, and
 * writes manifest and card. Nothing is run.
 */
public final class HubLayout {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final String CARD = "model_card.md";
  private static final List<String> IMAGE_OUTPUTS = List.of("image_embeds", "pooler_output");
  private static final List<String> TEXT_OUTPUTS = List.of("text_embeds", "pooler_output");

  private HubLayout() {}

  /** Writes the package into an empty folder; refuses what an entry or a gate does not allow. */
  public static void convert(Path from, Catalogue.Entry entry, Path to)
      throws ModelPackageException, IOException {
    for (Catalogue.Source source : entry.files().values()) {
      Path file = from.resolve(source.path());
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new ModelPackageException("file `" + source.path() + "` is missing");
      }
      Files.copy(file, to.resolve(source.name()));
    }
    List<Catalogue.Source> references = references(from, entry);
    for (Catalogue.Source source : references) {
      header(from.resolve(source.path()));
      Files.copy(from.resolve(source.path()), to.resolve(source.name()));
    }
    ObjectNode manifest = entry.manifest().deepCopy();
    GraphHeader image = header(to.resolve(name(entry, "image")));
    GraphHeader text = header(to.resolve(name(entry, "text")));
    ObjectNode images = (ObjectNode) manifest.get("image");
    images.put("graph", name(entry, "image"));
    images.set("input", tensor(only(image, "pixel_values")));
    images.set("embedding", tensor(output(image, IMAGE_OUTPUTS)));
    ObjectNode texts = (ObjectNode) manifest.get("text");
    texts.put("graph", name(entry, "text"));
    texts.set("ids", tensor(input(text, "input_ids").orElseThrow(() -> lacks("input_ids"))));
    texts.set("attentionMask", input(text, "attention_mask").map(HubLayout::tensor).orElse(null));
    texts.set("embedding", tensor(output(text, TEXT_OUTPUTS)));
    ((ObjectNode) texts.get("tokenizer")).putArray("files").add(name(entry, "tokenizer"));
    manifest.put("dimension", dimension(output(image, IMAGE_OUTPUTS), output(text, TEXT_OUTPUTS)));
    Files.writeString(to.resolve(CARD), card(entry, manifest));
    manifest.put("card", CARD);
    if (!COMMIT.matcher(entry.revision()).matches()) {
      // A branch moves: the pair of id and version must name one content.
      String contents = Sha256.of(contents(to, entry).getBytes(StandardCharsets.US_ASCII));
      manifest.put("version", manifest.path("version").asText() + "+" + contents.substring(0, 12));
    }
    files(manifest.putObject("files"), to, entry, references);
    byte[] json = (manifest.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    ManifestReader.read(json);
    Files.write(to.resolve("manifest.json"), json);
  }

  private static String contents(Path folder, Catalogue.Entry entry) throws IOException {
    StringBuilder digests = new StringBuilder();
    for (Catalogue.Source file : entry.files().values()) {
      digests.append(Sha256.of(folder.resolve(file.name())));
    }
    return digests.toString();
  }

  private static String name(Catalogue.Entry entry, String role) {
    return entry.files().get(role).name();
  }

  private static GraphHeader header(Path file) throws IOException, ModelPackageException {
    GraphHeader header = GraphHeader.read(file);
    Optional<String> refusal =
        FamilyGate.shipped().refusalOfNames(Task.IMAGE_TEXT_SIMILARITY, header.names());
    if (refusal.isPresent()) {
      throw new ModelPackageException(refusal.get());
    }
    return header;
  }

  private static GraphHeader.Port only(GraphHeader graph, String name)
      throws ModelPackageException {
    if (graph.inputs().size() != 1) {
      throw new ModelPackageException("the image graph does not have one input");
    }
    return input(graph, name).orElseThrow(() -> lacks(name));
  }

  private static Optional<GraphHeader.Port> input(GraphHeader graph, String name) {
    return graph.inputs().stream().filter(port -> port.name().equals(name)).findFirst();
  }

  private static GraphHeader.Port output(GraphHeader graph, List<String> names)
      throws ModelPackageException {
    for (String name : names) {
      Optional<GraphHeader.Port> port = graph.output(name);
      if (port.isPresent()) {
        return port.get();
      }
    }
    throw lacks(String.join("` or `", names));
  }

  private static ModelPackageException lacks(String tensor) {
    return new ModelPackageException("a graph lacks the tensor `" + tensor + "`");
  }

  private static long dimension(GraphHeader.Port image, GraphHeader.Port text)
      throws ModelPackageException {
    long size = image.shape().isEmpty() ? -1 : image.shape().getLast();
    if (size < 1 || text.shape().isEmpty() || text.shape().getLast() != size) {
      throw new ModelPackageException("the graphs do not give vectors of one known length");
    }
    return size;
  }

  private static ObjectNode tensor(GraphHeader.Port port) {
    ObjectNode tensor = JSON.createObjectNode().put("name", port.name());
    tensor.put(
        "type", port.type() == 1 ? "float32" : port.type() == 7 ? "int64" : "onnx-" + port.type());
    ArrayNode shape = tensor.putArray("shape");
    port.shape().forEach(shape::add);
    return tensor;
  }

  /** Graphs in float32 that are there too: never run for an answer, compared by the parity gate. */
  private static List<Catalogue.Source> references(Path from, Catalogue.Entry entry) {
    return entry.files().values().stream()
        .map(Catalogue.Source::float32)
        .flatMap(Optional::stream)
        .filter(file -> Files.isRegularFile(from.resolve(file.path()), LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  private static void files(
      ObjectNode files, Path folder, Catalogue.Entry entry, List<Catalogue.Source> references)
      throws IOException {
    for (Map.Entry<String, Catalogue.Source> file : entry.files().entrySet()) {
      declare(files, folder, file.getValue().name());
    }
    for (Catalogue.Source file : references) {
      declare(files, folder, file.name());
    }
    declare(files, folder, CARD);
  }

  private static void declare(ObjectNode files, Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    files.putObject(name).put("sha256", Sha256.of(file)).put("bytes", Files.size(file));
  }

  private static String card(Catalogue.Entry entry, ObjectNode manifest) {
    return """
        # %s

        %s

        Made from `%s` at revision `%s` in the layout of transformers.js. The makers' own card is there; it
        says what was measured. Nothing has been measured here: figures of this site are given with
        `cordon models sign DIR --key FILE --metrics FILE`, and without any the package is not activated.

        Scores: the scale (and bias, where there is one) is the one that the makers publish. Unless the
        makers trained with a sigmoid, yes/no scores are not fitted and are no probabilities.

        Licence: %s
        """
        .formatted(
            manifest.path("title").asText(),
            manifest.path("description").asText(),
            entry.repository(),
            entry.revision(),
            manifest.path("licence").asText());
  }
}
