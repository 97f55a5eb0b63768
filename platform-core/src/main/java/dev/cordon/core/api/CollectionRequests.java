package dev.cordon.core.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.AnalysisRequest.Place;
import dev.cordon.core.command.AnswerFormat;
import dev.cordon.core.command.MaskSource;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Question;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Turns the JSON of a search, or of an item to keep, into a command. What is committed to is the
 * address, a line break and the JSON.
 */
@Singleton
class CollectionRequests {
  private static final String CAPABILITY = "image-search";
  private static final int DEFAULT_TOP_K = 10;

  private final RequestSchema schema;

  CollectionRequests(RequestSchema schema) {
    this.schema = schema;
  }

  /** The collection of the address and the area that is meant when the request names none. */
  record Target(String collection, String area) {}

  /** A search by text. */
  AnalysisRequest byText(Target target, byte[] body) {
    JsonNode tree = schema.read("SearchRequest", "request", body);
    return search(target, tree, body, new Question.Text(tree.get("text").asText()));
  }

  /** A search by an image. */
  AnalysisRequest byImage(Target target, byte[] body) {
    JsonNode tree = schema.read("SimilarRequest", "request", body);
    return search(target, tree, body, new Question.Open());
  }

  /** An image that becomes an item. */
  AnalysisRequest item(Target target, String item, byte[] body) {
    JsonNode tree = schema.read("ItemRequest", "request", body);
    return request(
        target, Optional.of(item), tree, body, new Question.Open(), AnswerOptions.DEFAULT);
  }

  private static AnalysisRequest search(
      Target target, JsonNode tree, byte[] body, Question question) {
    JsonNode options = tree.path("options");
    return request(
        target,
        Optional.empty(),
        tree,
        body,
        question,
        new AnswerOptions(
            options.path("topK").asInt(DEFAULT_TOP_K),
            (float) options.path("threshold").asDouble(0),
            options.path("language").asText("en")));
  }

  private static AnalysisRequest request(
      Target target,
      Optional<String> item,
      JsonNode tree,
      byte[] body,
      Question question,
      AnswerOptions options) {
    Place place = new Place(target.collection(), item);
    return new AnalysisRequest(
        CAPABILITY,
        tree.get("purpose").asText(),
        tree.path("area").asText(target.area()),
        new LinkedHashSet<>(strings(tree.path("jurisdictions"))),
        strings(tree.path("subjects")),
        question,
        options,
        AnswerFormat.PLAIN,
        MaskSource.PROMPT,
        Optional.of(place),
        AnalysisRequest.Wish.NONE,
        committed(place, body));
  }

  private static byte[] committed(Place place, byte[] body) {
    String address =
        "/v1/collections/"
            + place.collection()
            + place.item().map(item -> "/items/" + item).orElse("/search")
            + "\n";
    byte[] line = address.getBytes(StandardCharsets.UTF_8);
    byte[] committed = new byte[line.length + body.length];
    System.arraycopy(line, 0, committed, 0, line.length);
    System.arraycopy(body, 0, committed, line.length, body.length);
    return committed;
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>(array.size());
    array.forEach(item -> strings.add(item.asText()));
    return strings;
  }
}
