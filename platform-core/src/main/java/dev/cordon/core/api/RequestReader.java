package dev.cordon.core.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.AnalysisRequest.Explanation;
import dev.cordon.core.command.AnalysisRequest.Wish;
import dev.cordon.core.command.AnswerFormat;
import dev.cordon.core.command.MaskSource;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.AnswerOptions.Mode;
import dev.cordon.spi.Question;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns the JSON of a question into a command; defaults are applied here and nowhere else. */
@Singleton
public class RequestReader {
  private static final int MAX_TEXTS = 10_000;
  private static final String DEFAULT_TEMPLATE = "a photo of a {}";

  private static final Pattern VISIBLE = Pattern.compile("[\\p{L}\\p{N}\\p{S}\\p{P}]");

  private final RequestSchema schema;

  RequestReader(RequestSchema schema) {
    this.schema = schema;
  }

  /** Reads and validates; the root names the body in problem fields. */
  public AnalysisRequest read(String root, byte[] body) {
    JsonNode tree = schema.read("AnalysisRequest", root, body);
    JsonNode options = tree.path("options");
    return new AnalysisRequest(
        tree.get("capability").asText(),
        tree.get("purpose").asText(),
        tree.path("area").asText("unknown"),
        new LinkedHashSet<>(strings(tree.path("jurisdictions"))),
        strings(tree.path("subjects")),
        question(root, tree, options),
        options(root, options),
        options.has("format") ? AnswerFormat.SAM : AnswerFormat.PLAIN,
        options.has("masks") ? MaskSource.SEGMENTER : MaskSource.PROMPT,
        Optional.empty(),
        wish(tree),
        body);
  }

  private static Wish wish(JsonNode tree) {
    JsonNode route = tree.path("route");
    return new Wish(
        Optional.ofNullable(route.path("target").textValue()),
        Optional.ofNullable(tree.path("version").textValue()),
        route.path("explain").asBoolean() ? Explanation.FULL : Explanation.SHORT);
  }

  private static AnswerOptions options(String root, JsonNode options) {
    Map<String, String> parents = new HashMap<>();
    options
        .path("parents")
        .properties()
        .forEach(pair -> parents.put(pair.getKey(), pair.getValue().asText()));
    Mode mode =
        switch (options.path("mode").asText("single-label")) {
          case "multi-label" -> Mode.MULTI_LABEL;
          case "caption" -> Mode.CAPTION;
          // The schema knows no other.
          default -> Mode.SINGLE_LABEL;
        };
    try {
      return new AnswerOptions(
          options.path("topK").asInt(Integer.MAX_VALUE),
          (float) options.path("threshold").asDouble(0),
          options.path("language").asText("en"),
          mode,
          parents);
    } catch (IllegalArgumentException _) {
      throw Problem.at(
          root + ".options.parents", Code.INVALID_REQUEST, "no label may be above itself");
    }
  }

  private static Question question(String root, JsonNode tree, JsonNode options) {
    if (tree.has("text")) {
      return new Question.Text(tree.get("text").asText());
    }
    if (!tree.has("labels")) {
      return new Question.Open();
    }
    List<String> labels = strings(tree.get("labels"));
    for (int i = 0; i < labels.size(); i++) {
      if (!VISIBLE.matcher(labels.get(i)).find()) {
        throw Problem.at(
            root + ".labels[" + i + "]", Code.INVALID_REQUEST, "must have a visible character");
      }
    }
    List<String> templates =
        options.has("templates") ? strings(options.get("templates")) : List.of(DEFAULT_TEMPLATE);
    if ((long) labels.size() * templates.size() > MAX_TEXTS) {
      throw Problem.at(
          root + ".options.templates",
          Code.INVALID_REQUEST,
          "templates times labels is more than " + MAX_TEXTS);
    }
    return new Question.Labels(labels, templates);
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>(array.size());
    array.forEach(item -> strings.add(item.asText()));
    return strings;
  }
}
