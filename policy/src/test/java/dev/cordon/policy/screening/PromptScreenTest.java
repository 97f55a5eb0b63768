package dev.cordon.policy.screening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.policy.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptScreenTest {
  private static final PromptScreen SCREEN = PromptScreen.shipped();

  private static Screening product(String template, String... labels) {
    return SCREEN.screen(new ScreenedTexts(List.of(labels), List.of(template), Optional.empty()));
  }

  private static Screening labels(String... labels) {
    return SCREEN.screen(ScreenedTexts.ofLabels(List.of(labels)));
  }

  @Test
  void passesACallWithoutTexts() {
    assertEquals(
        Screening.CLEAN, SCREEN.screen(new ScreenedTexts(List.of(), List.of(), Optional.empty())));
    assertEquals(Screening.CLEAN, SCREEN.screenText("", "text"));
    assertEquals(Screening.CLEAN, labels("", " ", "!!!", "{}"));
  }

  @Test
  void saysWhichKindOfEvidenceStandsWhere() {
    assertEquals(
        List.of(
            new Hit("emotion", "competing-labels", "labels[0]"),
            new Hit("emotion", "competing-labels", "labels[2]")),
        labels("happy", "cup", "sad").hits());
    assertEquals(
        List.of(new Hit("identity", "person-name", "labels[1]")),
        labels("cup", "Angela Merkel x").hits().subList(0, 1));
    assertEquals(
        List.of(new Hit("emotion", "applied-to-person", "options.templates[0]")),
        product("an angry man with a {}", "cup").hits().subList(0, 1));
    assertEquals(
        List.of(new Hit("identity", "identity-phrase", "text")),
        SCREEN.screenText("who is this", "text").hits());
  }

  @ParameterizedTest
  @CsvSource({
    "a photo of a {} person, asian",
    "a photo of an asian {}, man",
    "a {}ian man, As",
    "the {} of this woman, ethnicity",
    "a photo of Angela {}, Xyzov",
    "{} Merkel, Angela",
    "a {}-looking customer, angry",
    "{} {}, angry man",
    "YXNpYW4= {}, man",
    "'%61sian {}', man",
    "a {} man, bXVzbGlt",
    "m u s {} i m man, l",
  })
  @Tag("R13")
  void screensTheProductOfTemplatesAndLabels(String template, String label) {
    assertEquals(Verdict.BLOCK, product(template, "cup", label).verdict());
  }

  @Test
  @Tag("R13")
  void findsOneBadLabelAmongTenThousand() {
    var labels = new ArrayList<>(Collections.nCopies(10_000, "wooden chair"));
    labels.set(7_654, "sikh");
    var templates = IntStream.range(0, 20).mapToObj(i -> "photo " + i + " of a {} person").toList();
    var screening = SCREEN.screen(new ScreenedTexts(labels, templates, Optional.empty()));
    assertEquals(Verdict.BLOCK, screening.verdict());
    assertEquals(
        Set.of("labels[7654]"),
        screening.hits().stream().map(Hit::where).collect(Collectors.toSet()));
  }

  @Test
  void boundsTheHitsButKeepsEveryCategory() {
    var labels = new ArrayList<>(Collections.nCopies(10_000, "thief"));
    labels.add("lesbian");
    var screening = SCREEN.screen(ScreenedTexts.ofLabels(labels));
    assertEquals(Set.of("criminality", "orientation"), screening.categories());
    assertTrue(screening.hits().size() <= 120);
  }

  @Test
  void treatsASingleLabelAsCompetingWithNoneOfThese() {
    assertEquals(Verdict.BLOCK, labels("happy").verdict());
    assertEquals(Verdict.ALLOW, labels("happy", "cup").verdict());
    assertEquals(Verdict.ALLOW, labels("man").verdict());
    assertEquals(Verdict.ALLOW, labels("Lisa").verdict());
  }

  @Test
  void letsColoursCompeteButNotWithAnEthnicity() {
    assertEquals(Verdict.ALLOW, labels("black", "white", "red").verdict());
    assertEquals(Verdict.BLOCK, labels("black", "white", "asian").verdict());
  }

  @ParameterizedTest
  @ValueSource(strings = {"мусульманин", "亚洲人", "شخص", "кот", "a photo of a μουσουλμάνος", "한국인"})
  @Tag("R16")
  void sendsUntestedScriptsToReview(String text) {
    var screening = SCREEN.screenText(text, "text");
    assertEquals(Verdict.REVIEW, screening.verdict());
    assertEquals(List.of(new Hit("unscreenable", "untested-script", "text")), screening.hits());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"café crème", "10 kΩ resistor", "5 µm filter", "jalapeño", "naïve façade"})
  void passesAccentsAndUnits(String text) {
    assertEquals(Screening.CLEAN, SCREEN.screenText(text, "text"));
  }

  @Test
  @Tag("R39")
  void neverRepeatsTheText() {
    for (var vector : Vectors.read("screening-block.json")) {
      var texts = Vectors.texts(vector, "labels");
      for (var hit : SCREEN.screen(ScreenedTexts.ofLabels(texts)).hits()) {
        assertTrue(hit.where().matches("labels\\[\\d+]"), hit.where());
        assertTrue(hit.signal().matches("[a-z-]+"), hit.signal());
        assertFalse(texts.contains(hit.category()) || texts.contains(hit.signal()));
      }
    }
  }

  @Test
  void survivesHostileTexts() {
    for (var text :
        List.of(
            "a ".repeat(20_000),
            "x".repeat(40_000),
            "%zz%%%",
            "\ud800\udc00\ud800",
            "a\u0000b",
            "=".repeat(5_000),
            "who ".repeat(5_000),
            "\u0301".repeat(5_000),
            "'s 's's' $ @ !|+")) {
      assertTrue(SCREEN.screenText(text, "text").verdict().compareTo(Verdict.REVIEW) <= 0);
      assertTrue(product("a {}" + text, "cup").verdict().compareTo(Verdict.REVIEW) <= 0);
    }
  }
}
