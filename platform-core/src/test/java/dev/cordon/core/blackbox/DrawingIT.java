package dev.cordon.core.blackbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page draws on an image; the answers are made up here, the rest is the real host. */
class DrawingIT {
  private static final int SIDE = 16;
  private static Chromium chromium;
  private final TestHost host = TestHost.get();

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void drawsBoxesWithTheirNumbers() throws IOException {
    try (PlaygroundPage opened =
        answered("boxes", List.of(box("cup", 260, 60, 200, 170), box("spoon", 60, 250, 230, 90)))) {
      Locator overlay = opened.page().locator("svg.cordon-overlay");
      assertEquals("0 0 600 400", overlay.getAttribute("viewBox"));
      assertThat(overlay.locator("g[data-finding]")).hasCount(2);
      Locator frame = overlay.locator("[data-finding='1'] rect").first();
      assertEquals("260", frame.getAttribute("x"));
      assertEquals("170", frame.getAttribute("height"));
      opened
          .section("Boxes")
          .getByRole(com.microsoft.playwright.options.AriaRole.BUTTON)
          .nth(1)
          .click();
      assertThat(overlay.locator("g[data-finding]")).hasCount(1);
      assertThat(overlay.locator("[data-finding='2']")).isVisible();
    }
  }

  @Test
  void drawsPromptPointsAndTheHeatMap() throws IOException {
    Map<String, Object> prompt =
        Map.of(
            "type",
            "segmentation-prompt",
            "label",
            "cup",
            "score",
            0.87,
            "box",
            List.of(260, 60, 200, 170),
            "points",
            List.of(
                Map.of("x", 350, "y", 150, "positive", true),
                Map.of("x", 300, "y", 110, "positive", true),
                Map.of("x", 90, "y", 60, "positive", false)),
            "sam",
            Map.of("mask_input", List.of(List.of(logits())), "orig_im_size", List.of(400, 600)));
    try (PlaygroundPage opened = answered("prompts", List.of(prompt))) {
      Locator overlay = opened.page().locator("svg.cordon-overlay");
      assertThat(overlay.locator("[data-point=positive]")).hasCount(2);
      assertThat(overlay.locator("[data-point=negative]")).hasCount(1);
      Locator heat = opened.page().locator("canvas.cordon-heat");
      assertThat(heat).isVisible();
      assertEquals("11", heat.getAttribute("height"), "the frame's padding is not shown");
      assertEquals(
          List.of(true, true),
          heat.evaluate(
              "c => { const d = c.getContext('2d').getImageData(0, 0, 16, 11).data;"
                  + " return [d[4 * (10 * 16 + 15) + 3] === 0, d[4 * (4 * 16 + 7) + 3] > 180]; }"));
    }
  }

  @Test
  void showsCaptionsAsTextAndMatchesAsAList() throws IOException {
    try (PlaygroundPage opened =
        answered(
            "captions",
            List.of(
                Map.of(
                    "type",
                    "caption",
                    "text",
                    "probably a cup of coffee",
                    "score",
                    0.7,
                    "language",
                    "en"),
                Map.of("type", "match", "item", "coffee-17", "score", 0.91),
                Map.of("type", "match", "item", "coffee-4", "score", 0.55)))) {
      assertThat(opened.section("Captions").locator("blockquote[lang=en]"))
          .containsText("probably a cup of coffee");
      assertThat(opened.section("Matches").locator("li")).hasCount(2);
      assertThat(opened.section("Matches").locator("li").first()).containsText("coffee-17");
    }
  }

  private PlaygroundPage answered(String name, List<Map<String, Object>> findings)
      throws IOException {
    String body =
        new ObjectMapper()
            .writeValueAsString(
                Map.of(
                    "id", "0198aaaa-0000-7000-8000-000000000000",
                    "findings", findings,
                    "decision",
                        Map.of(
                            "id",
                            "0198aaaa-0000-7000-8000-000000000000",
                            "effect",
                            "permit",
                            "code",
                            "",
                            "bundle",
                            "0".repeat(64),
                            "rules",
                            List.of(),
                            "obligations",
                            List.of()),
                    "route", Map.of("target", "edge", "model", "none", "reason", "made up"),
                    "receipt",
                        Map.of("origin", "made.up", "index", 0, "leafHash", "0".repeat(64))));
    PlaygroundPage opened = PlaygroundPage.open(chromium, host.url(), ColorScheme.LIGHT, 1280);
    opened
        .page()
        .route(
            "**/v1/analyses",
            route ->
                route.fulfill(
                    new Route.FulfillOptions().setContentType("application/json").setBody(body)));
    opened.ask(TestHost.SAMPLES.resolve("coffee.jpg"), "accessibility-captions", "cup, spoon");
    assertThat(opened.section("Decision")).isVisible();
    opened.picture("drawn-" + name);
    return opened;
  }

  private static Map<String, Object> box(String label, int x, int y, int width, int height) {
    return Map.of("type", "box", "label", label, "score", 0.8, "box", List.of(x, y, width, height));
  }

  /** Likely where the cup stands, unlikely elsewhere. */
  private static List<List<Double>> logits() {
    return IntStream.range(0, SIDE)
        .mapToObj(y -> IntStream.range(0, SIDE).mapToObj(x -> logit(x, y)).toList())
        .toList();
  }

  private static double logit(int x, int y) {
    return 6 - 0.5 * (Math.pow(x - 7.0, 2) + Math.pow(y - 4.0, 2));
  }
}
