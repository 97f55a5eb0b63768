package dev.cordon.core.blackbox;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segmenter in miniature beside the starter: reviewed, run on prompts, named in the leaf. */
class SegmenterIT {
  private static final String QUESTION =
      """
      {"capability":"segmentation-prompts","purpose":"accessibility-captions","area":"home","labels":["cat"],
       "options":{%s}}""";

  @TempDir Path data;

  @Test
  @Tag("R50")
  void masksAreCutByThePackageThatTwoPersonsPutThere() throws Exception {
    ToyPackages.install(data, "sam");
    try (HostProcess host = HostProcess.start(data)) {
      prompts(host, "\"masks\":\"segmenter\"")
          .statusCode(422)
          .body("code", equalTo("QUESTION_UNANSWERABLE"))
          .body("field", equalTo("request.options.masks"))
          .body("receipt.index", notNullValue());
      prompts(host, "\"masks\":\"other\"").statusCode(400);
      String rough = prompts(host, "").statusCode(200).extract().path("findings[0].mask.counts");

      String segmenter = ToyPackages.switchTo(host, "sam");
      ValidatableResponse answer =
          prompts(host, "\"masks\":\"segmenter\"")
              .statusCode(200)
              .body("findings[0].type", equalTo("segmentation-prompt"))
              .body("findings[0].mask.size", contains(300, 451))
              .body("findings[0].mask.counts", allOf(matchesPattern("[0-o]+"), not(rough)))
              .body(
                  "findings[0].maskQuality", allOf(greaterThanOrEqualTo(0f), lessThanOrEqualTo(1f)))
              .body("segmenter.digest", equalTo(segmenter))
              .body("segmenter.id", equalTo("toy-sam"))
              .body("model.id", equalTo("starter-effnetlite2-minilm"));
      String model = answer.extract().path("model.digest");
      assertEquals(model + "+" + segmenter, ToyPackages.leafModel(host, answer));

      ValidatableResponse plain = prompts(host, "").statusCode(200);
      plain.body("segmenter", nullValue()).body("findings[0].mask.counts", equalTo(rough));
      assertEquals(
          model, ToyPackages.leafModel(host, plain), "a call that asks for none runs none");
      ToyPackages.requireBeside(host, model, segmenter, "promptable-segmentation");

      ToyPackages.decide(host, "alice", segmenter, "retirement").then().statusCode(200);
      prompts(host, "\"masks\":\"segmenter\"").statusCode(422);
      prompts(host, "").statusCode(200);
    }
    HostProcess.Ended verified = HostProcess.run(data, Map.of(), List.of(), "log", "verify");
    assertEquals(0, verified.code(), verified.output());
  }

  private static ValidatableResponse prompts(HostProcess host, String options) throws IOException {
    String request = QUESTION.formatted(options);
    return ToyPackages.analyse(host, "demo", request).then();
  }
}
