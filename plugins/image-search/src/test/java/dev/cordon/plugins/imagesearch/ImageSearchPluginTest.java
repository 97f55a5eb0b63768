package dev.cordon.plugins.imagesearch;

import static dev.cordon.plugins.imagesearch.FakeGallery.ranking;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.Match;
import dev.cordon.spi.Gallery.Neighbour;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageSearchPluginTest {
  private static final AnswerOptions TEN = new AnswerOptions(10, 0, "en");

  private final ImageSearchPlugin plugin = new ImageSearchPlugin();

  @Test
  void aTextIsAskedOnceAndItsRankingKept() throws Exception {
    FakeGallery gallery = new FakeGallery(Map.of("a red cup", ranking("b", "a")));

    List<Finding> found = text(gallery, "a red cup", TEN);

    assertEquals(List.of(new Match("b", 1f), new Match("a", 0.75f)), found);
    assertEquals(List.of("a red cup"), gallery.asked);
    assertEquals(List.of(10), gallery.depths);
  }

  @Test
  void anImageIsAskedForItsLikes() throws Exception {
    FakeGallery gallery = new FakeGallery(Map.of("", ranking("b", "a")));

    assertEquals(
        List.of("b", "a"), names(plugin.analyse(gallery.analysis(new Question.Open(), TEN, true))));
  }

  @Test
  void equalCosinesAreOrderedByName() throws Exception {
    List<Neighbour> equal = List.of(new Neighbour("b", 0.5f, 0.5f), new Neighbour("a", 0.5f, 0.5f));

    assertEquals(List.of("a", "b"), names(text(new FakeGallery(Map.of("cup", equal)), "cup", TEN)));
  }

  @Test
  void thresholdAndTopKCutTheAnswer() throws Exception {
    FakeGallery gallery = new FakeGallery(Map.of("cup", ranking("a", "b", "c")));

    assertEquals(List.of("a"), names(text(gallery, "cup", new AnswerOptions(1, 0, "en"))));
    assertEquals(
        List.of("a", "b"), names(text(gallery, "cup", new AnswerOptions(10, 0.75f, "en"))));
  }

  @Test
  void aHugeTopKAsksForABoundedNumber() throws Exception {
    FakeGallery gallery = new FakeGallery(Map.of());

    assertEquals(List.of(), text(gallery, "cup", AnswerOptions.DEFAULT));
    assertEquals(List.of(ImageSearchPlugin.MOST), gallery.depths);
  }

  @Test
  void aPageIsAskedPhraseByPhraseAndTheRankingsAreMerged() throws Exception {
    FakeGallery gallery =
        new FakeGallery(
            Map.of(
                "Cells divide", ranking("cell", "both", "leaf"),
                "Leaves take up light", ranking("leaf", "both", "sun")));

    List<Finding> found = text(gallery, "Cells divide.\nLeaves take up light.", TEN);

    assertEquals(List.of("Cells divide", "Leaves take up light"), gallery.asked);
    // 1/61 + 1/63 is more than 2/62, which is more than 1/61 alone.
    assertEquals(List.of("leaf", "both", "cell", "sun"), names(found));
    assertEquals(1f, found.getFirst().score(), "the greatest of its phrases");
  }

  @Test
  void aGoodMatchOfAPageIsNotLostBehindAWeakOneThatMorePhrasesFind() throws Exception {
    List<Neighbour> one = List.of(new Neighbour("weak", 0.2f, 0.3f));
    List<Neighbour> other =
        List.of(new Neighbour("good", 0.4f, 0.9f), new Neighbour("weak", 0.2f, 0.3f));
    FakeGallery gallery = new FakeGallery(Map.of("One thing", one, "Another thing", other));

    assertEquals(
        List.of(new Match("good", 0.9f)),
        text(gallery, "One thing. Another thing.", new AnswerOptions(10, 0.5f, "en")));
  }

  @Test
  void theSamePageGivesTheSameAnswer() throws Exception {
    Map<String, List<Neighbour>> rankings =
        Map.of("One thing", ranking("b", "a"), "Another thing", ranking("a", "b"));
    List<Finding> first = text(new FakeGallery(rankings), "One thing. Another thing.", TEN);

    assertEquals(List.of("a", "b"), names(first));
    assertEquals(first, text(new FakeGallery(rankings), "One thing. Another thing.", TEN));
  }

  @Test
  void whatIsNeitherTextNorImageIsRefused() {
    FakeGallery gallery = new FakeGallery(Map.of());
    for (var analysis :
        List.of(
            gallery.analysis(new Question.Labels(List.of("a"), List.of("{}")), TEN, true),
            gallery.analysis(new Question.Open(), TEN, false))) {
      PluginException refusal = assertThrows(PluginException.class, () -> plugin.analyse(analysis));
      assertEquals(Kind.BAD_QUESTION, refusal.kind());
    }
  }

  @Test
  void anInterruptedSearchOfAPageStops() {
    Thread.currentThread().interrupt();
    try {
      PluginException stopped =
          assertThrows(
              PluginException.class,
              () -> text(new FakeGallery(Map.of()), "One thing. Another thing.", TEN));
      assertEquals(Kind.CANCELLED, stopped.kind());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void longSentencesAreCutAndTheNumberOfPhrasesIsBounded() {
    String clause = "a clause that has a good many words in it and goes on";
    assertEquals(
        List.of(clause, clause + " still", "to its end"),
        Phrases.of(clause + ", " + clause + " still; to its end.", Locale.ENGLISH));
    assertEquals(Phrases.MOST, Phrases.of(sentences(100), Locale.ENGLISH).size());
    assertEquals(List.of("tv"), Phrases.of("tv", Locale.ENGLISH));
    assertEquals(List.of("... !"), Phrases.of("... !", Locale.ENGLISH));
    assertEquals(List.of("Same here"), Phrases.of("Same here. Same here.", Locale.ENGLISH));
  }

  private static String sentences(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("Sentence ").append(i).append(". ");
    }
    return text.toString();
  }

  private List<Finding> text(FakeGallery gallery, String text, AnswerOptions options)
      throws PluginException {
    return plugin.analyse(gallery.analysis(new Question.Text(text), options, false));
  }

  private static List<String> names(List<Finding> findings) {
    return findings.stream().map(finding -> ((Match) finding).item()).toList();
  }
}
