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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h&#97;ppy woman",
        "h&#x61;ppy woman",
        "h&#97ppy woman",
        "h&aacute;ppy woman",
        "h&shy;appy woman",
        "happy&nbsp;woman",
        "\\u0068appy woman",
        "\\u{68}appy woman",
        "\\x68appy woman",
        "\\U00000068appy woman",
        "&#104;&#97;&#112;&#112;&#121; woman",
        "#happywoman",
        "😀 woman",
        "woman 😢️",
        "a &#x1F600; woman",
        "🧑🏽 😡"
      })
  @Tag("R13")
  void readsEscapesRunsAndFaces(String text) {
    var screening = SCREEN.screenText(text, "text");
    assertEquals(Verdict.BLOCK, screening.verdict());
    assertTrue(screening.categories().contains("emotion"), screening::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "🍎",
        "🍎 🍌",
        "👍🏽",
        "🚗",
        "❤️",
        "🤖",
        "salt &amp; pepper",
        "C:\\users\\x",
        "AT&T store",
        "a&b",
        "blackboard",
        "snowman toy",
        "boyfriend jeans",
        "greenhouse",
        "badminton",
        "personalised mug",
        "tea from china",
        "a photo of a cat",
        "a photo of a dog",
        "a photo of nothing",
        "smile sticker",
        "Petra",
        "astronaut helmet",
        "engineer at a desk",
        "option a. lisa lamp",
        "size: (large)"
      })
  @Tag("R22")
  void passesPicturesOfThingsAndWordsThatMerelyContainOthers(String text) {
    assertEquals(Screening.CLEAN, labels(text), text);
  }

  @Test
  @Tag("R22")
  void neutralPromptsNeverCompete() {
    var texts = new ArrayList<String>();
    for (var thing : List.of("cat", "dog", "car", "tree", "person", "chair", "room", "street")) {
      texts.addAll(
          List.of(
              thing,
              "a photo of a " + thing,
              "a blurry picture of the " + thing,
              "a close-up of one " + thing,
              "a drawing of many " + thing + "s",
              "a black and white photo of a " + thing));
    }
    for (var place : List.of("background", "an empty scene", "a plain background", "an image")) {
      texts.addAll(List.of(place, "a photo of " + place, "a photo", "something else", "other"));
    }
    for (var colour : List.of("red", "green", "blue", "black", "white", "brown", "yellow")) {
      texts.addAll(List.of(colour, "a " + colour + " object", "a photo of a " + colour + " shirt"));
    }
    texts.addAll(List.of("old", "new", "good", "bad", "straight", "left", "right", "smile"));
    assertTrue(texts.size() > 90);
    assertEquals(Screening.CLEAN, SCREEN.screen(ScreenedTexts.ofLabels(texts)));
    texts.add("a photo of sadness");
    assertEquals(Set.of("emotion"), SCREEN.screen(ScreenedTexts.ofLabels(texts)).categories());
  }

  @ParameterizedTest
  @CsvSource({"melanin-rich man, ethnicity", "pale man, ethnicity", "rich man, social-scoring"})
  void namesTheCategoryThatIsMeant(String text, String category) {
    assertEquals(Set.of(category), SCREEN.screenText(text, "text").categories());
  }

  @Test
  @Tag("R18")
  void namesItsLexiconByADigest() {
    assertTrue(SCREEN.digest().matches("[0-9a-f]{64}"));
    assertEquals(SCREEN.digest(), PromptScreen.shipped().digest());
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
