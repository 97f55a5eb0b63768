package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.Region;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding things and prompts for segmenters on real photographs, through all ten hops. */
class DetectionIT {
  private final TestHost host = TestHost.get();

  private ValidatableResponse ask(String capability, String photo, String question) {
    String request =
        """
        {"capability":"%s","purpose":"accessibility-captions","area":"home",%s}"""
            .formatted(capability, question);
    return host.analysis(sample(photo), request).post("/v1/analyses").then();
  }

  @ParameterizedTest
  @CsvSource({"chelsea.jpg, cat", "coffee.jpg, cup of coffee", "rocket.jpg, rocket"})
  void findsAThingAndCountsIt(String photo, String label) {
    JsonPath answer =
        ask("object-detection", photo, "\"labels\":[\"%s\",\"bicycle\"]".formatted(label))
            .statusCode(200)
            .body("findings[0].type", equalTo("box"))
            .body("findings[0].label", equalTo(label))
            .body("findings[0].box", hasSize(4))
            .body("counts['" + label + "']", greaterThan(0))
            .body("counts.bicycle", equalTo(0))
            .body("receipt.leafHash", notNullValue())
            .extract()
            .jsonPath();
    List<Float> scores = answer.getList("findings.score", Float.class);
    assertEquals(scores.stream().sorted(java.util.Comparator.reverseOrder()).toList(), scores);
  }

  @Test
  void saysHonestlyThatNothingIsThere() {
    ask("object-detection", "rocket.jpg", "\"labels\":[\"bicycle\",\"sandwich\"]")
        .statusCode(200)
        .body("findings", hasSize(1))
        .body("findings[0].type", equalTo("tag"))
        .body("findings[0].label", equalTo("none of these"))
        .body("findings[0].score", greaterThan(0.5f))
        .body("counts.bicycle", equalTo(0))
        .body("counts.sandwich", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"object-detection", "segmentation-prompts"})
  @Tag("R01")
  void noCapabilityAnswersAQuestionOfFaith(String capability) {
    ask(capability, "astronaut.jpg", "\"labels\":[\"Christian\",\"Muslim\"]")
        .statusCode(403)
        .body("code", equalTo("BIOMETRIC_USE"))
        .body("decision.effect", equalTo("deny"))
        .body("receipt.index", notNullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"object-detection", "segmentation-prompts"})
  void refusesTheReservedLabel(String capability) {
    ask(capability, "coffee.jpg", "\"labels\":[\"none of these\"]")
        .statusCode(422)
        .body("code", equalTo("QUESTION_UNANSWERABLE"))
        .body("field", equalTo("request.labels"));
  }

  @Test
  void promptsLieInTheImageAndSayNothingOfSamUnasked() {
    JsonPath answer =
        ask("segmentation-prompts", "chelsea.jpg", "\"labels\":[\"cat\"]")
            .statusCode(200)
            .body("findings[0].type", equalTo("segmentation-prompt"))
            .body("findings[0].points[0].positive", equalTo(true))
            .body("findings[0].mask.size", contains(300, 451))
            .body("findings[0].mask.counts", matchesPattern("[0-o]+"))
            .body("findings[0].sam", nullValue())
            .body("counts", nullValue())
            .extract()
            .jsonPath();
    List<Integer> box = answer.getList("findings[0].box", Integer.class);
    assertTrue(
        new Region(box.get(0), box.get(1), box.get(2), box.get(3))
            .isInside(new dev.cordon.spi.ImageGeometry(451, 300)));
  }

  @Test
  void givesTheTensorsOfSamWhenAsked() {
    JsonPath answer =
        ask(
                "segmentation-prompts",
                "chelsea.jpg",
                "\"text\":\"a cat\",\"options\":{\"format\":\"sam\"}")
            .statusCode(200)
            .body("findings[0].label", equalTo("a cat"))
            .body("findings[0].sam.point_coords", hasSize(1))
            .body("findings[0].sam.point_coords[0]", everyItem(hasSize(2)))
            .body("findings[0].sam.mask_input[0][0]", hasSize(256))
            .body("findings[0].sam.mask_input[0][0]", everyItem(hasSize(256)))
            .body("findings[0].sam.has_mask_input", contains(1))
            .body("findings[0].sam.orig_im_size", contains(300, 451))
            .extract()
            .jsonPath();
    List<Integer> labels = answer.getList("findings[0].sam.point_labels[0]", Integer.class);
    assertEquals(List.of(2, 3), labels.subList(labels.size() - 2, labels.size()));
    assertEquals(labels.size(), answer.getList("findings[0].sam.point_coords[0]").size());
  }

  @Test
  void refusesAFormatItDoesNotKnow() {
    ask(
            "segmentation-prompts",
            "coffee.jpg",
            "\"labels\":[\"cup\"],\"options\":{\"format\":\"svg\"}")
        .statusCode(400)
        .body("field", equalTo("request.options.format"));
  }
}
