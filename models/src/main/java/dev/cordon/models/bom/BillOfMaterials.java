package dev.cordon.models.bom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.manifest.PackageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A CycloneDX 1.6 bill of materials with one machine-learning model and its card. */
public final class BillOfMaterials {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CARD = "/metadata/component/modelCard";
  private static final String LANGUAGE = "cordon:language";

  private final JsonNode tree;

  private BillOfMaterials(JsonNode tree) {
    this.tree = tree;
  }

  /** The bill of a package: everything its manifest says, and these figures. */
  public static BillOfMaterials of(ModelManifest manifest, String digest, List<Metric> metrics) {
    ObjectNode bill = JSON.createObjectNode();
    bill.put("bomFormat", "CycloneDX").put("specVersion", "1.6");
    UUID serial = UUID.nameUUIDFromBytes(digest.getBytes(StandardCharsets.US_ASCII));
    bill.put("serialNumber", "urn:uuid:" + serial).put("version", 1);
    ObjectNode model = bill.putObject("metadata").putObject("component");
    model.put("type", "machine-learning-model").put("bom-ref", "model");
    model.put("name", manifest.id()).put("version", manifest.version());
    model.put("description", manifest.title());
    model.putArray("hashes").addObject().put("alg", "SHA-256").put("content", digest);
    model.putArray("licenses").addObject().put("expression", manifest.licence());
    card(model.putObject("modelCard"), manifest, metrics);
    ArrayNode files = bill.putArray("components");
    for (Map.Entry<String, PackageFile> file : new TreeMap<>(manifest.files()).entrySet()) {
      ObjectNode component = files.addObject().put("type", "file").put("name", file.getKey());
      ObjectNode hash = component.putArray("hashes").addObject();
      hash.put("alg", "SHA-256").put("content", file.getValue().sha256());
    }
    return new BillOfMaterials(bill);
  }

  /** Reads a bill as it stands; {@link #missing} says what it lacks. */
  public static BillOfMaterials read(byte[] json) throws IOException {
    return new BillOfMaterials(JSON.readTree(json));
  }

  /** The bytes of the file. */
  public byte[] write() {
    return (tree.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The figures it holds. */
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    for (JsonNode metric : tree.at(CARD + "/quantitativeAnalysis/performanceMetrics")) {
      metrics.add(
          new Metric(
              metric.path("type").asText(),
              metric.path("value").asText(),
              metric.path("slice").asText()));
    }
    return metrics;
  }

  /**
   * The first field that promotion needs and that is missing, empty or of another package, as a
   * path; empty when the bill is complete.
   */
  public Optional<String> missing(ModelManifest manifest, String digest) {
    Map<String, String> fixed = new TreeMap<>();
    fixed.put("/bomFormat", "CycloneDX");
    fixed.put("/metadata/component/type", "machine-learning-model");
    fixed.put("/metadata/component/name", manifest.id());
    fixed.put("/metadata/component/version", manifest.version());
    fixed.put("/metadata/component/hashes/0/content", digest);
    fixed.put("/metadata/component/licenses/0/expression", manifest.licence());
    return fixed.entrySet().stream()
        .filter(field -> !tree.at(field.getKey()).asText().equals(field.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .or(this::missingVersion)
        .or(() -> incomplete(CARD + "/considerations/useCases"))
        .or(() -> incomplete(CARD + "/considerations/technicalLimitations"))
        .or(
            () ->
                incomplete(
                    CARD + "/quantitativeAnalysis/performanceMetrics", "type", "value", "slice"))
        .or(() -> incomplete(CARD + "/modelParameters/datasets", "name", "description"))
        .or(this::missingLanguages)
        .map(BillOfMaterials::dotted);
  }

  private Optional<String> missingVersion() {
    boolean known = tree.path("specVersion").asText().matches("1\\.[67]");
    return known ? Optional.empty() : Optional.of("/specVersion");
  }

  private Optional<String> incomplete(String pointer, String... fields) {
    JsonNode list = tree.at(pointer);
    if (!list.isArray() || list.isEmpty()) {
      return Optional.of(pointer);
    }
    for (int i = 0; i < list.size(); i++) {
      if (fields.length == 0 && list.path(i).asText().isBlank()) {
        return Optional.of(pointer + "/" + i);
      }
      for (String field : fields) {
        if (list.path(i).path(field).asText().isBlank()) {
          return Optional.of(pointer + "/" + i + "/" + field);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> missingLanguages() {
    for (JsonNode property : tree.at(CARD + "/properties")) {
      if (property.path("name").asText().equals(LANGUAGE)
          && !property.path("value").asText().isBlank()) {
        return Optional.empty();
      }
    }
    return Optional.of(CARD + "/properties/" + LANGUAGE);
  }

  private static String dotted(String pointer) {
    return pointer.substring(1).replace('/', '.');
  }

  private static void card(ObjectNode card, ModelManifest manifest, List<Metric> metrics) {
    ObjectNode parameters = card.putObject("modelParameters");
    parameters.put("task", "image-text-similarity").put("architectureFamily", manifest.family());
    ArrayNode origins = parameters.putArray("datasets");
    for (ModelManifest.Source source : manifest.sources()) {
      ObjectNode origin = origins.addObject().put("type", "other").put("name", source.part());
      origin.put("description", source.origin() + "; licence " + source.licence());
    }
    ArrayNode figures = card.putObject("quantitativeAnalysis").putArray("performanceMetrics");
    for (Metric metric : metrics) {
      ObjectNode figure = figures.addObject().put("type", metric.type());
      figure.put("value", metric.value()).put("slice", metric.slice());
    }
    ObjectNode considerations = card.putObject("considerations");
    manifest.intendedUse().forEach(considerations.putArray("useCases")::add);
    manifest.outOfScope().forEach(considerations.putArray("technicalLimitations")::add);
    ArrayNode properties = card.putArray("properties");
    for (String language : manifest.languages()) {
      properties.addObject().put("name", LANGUAGE).put("value", language);
    }
  }
}
