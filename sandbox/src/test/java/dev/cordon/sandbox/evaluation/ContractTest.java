package dev.cordon.sandbox.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.VisionPlugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each part of the contract against a plugin that keeps all of it but that. */
class ContractTest {
  private interface Answer {
    List<Finding> to(Analysis analysis) throws PluginException;
  }

  private interface Hold {
    void hold(Contract contract) throws Broken, PluginException;
  }

  private record Answering(Answer answer) implements VisionPlugin {
    @Override
    public List<Finding> analyse(Analysis analysis) throws PluginException {
      return answer.to(analysis);
    }

    @Override
    public void close() {}
  }

  private static final List<Hold> PARTS =
      List.of(
          Contract::answers,
          Contract::soundFindings,
          Contract::repeatable,
          Contract::twoThreads,
          Contract::imageSizes,
          Contract::labelCounts,
          Contract::askedTexts,
          Contract::options,
          Contract::absentLabels,
          Contract::brokenModel);

  private static Contract contract(Answer answer) {
    return new Contract(
        new Calls(new Answering(answer), Set.of(), List.of()),
        SimulatedSpecimen.SOME,
        text -> !text.contains("man"));
  }

  /** What a plugin says that keeps to everything. */
  private static List<Finding> honest(Analysis analysis) throws PluginException {
    if (!(analysis.question() instanceof Question.Labels(List<String> labels, List<String> _))) {
      throw new PluginException(Kind.BAD_QUESTION, "labels are needed");
    }
    List<String> asked = labels.stream().distinct().toList();
    Similarities found = analysis.model().compare(List.of(analysis.image().whole()), asked);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      float score = found.probability(found.cosine(0, i));
      if (!Float.isFinite(score)) {
        throw new PluginException(Kind.FAULT, "no number");
      }
      if (score >= analysis.options().threshold()) {
        findings.add(new Finding.Tag(asked.get(i), score));
      }
    }
    findings.sort(Comparator.comparing(Finding::score).reversed());
    return findings.subList(0, Math.min(analysis.options().topK(), findings.size()));
  }

  private static void breaks(Hold part, String fault, Answer answer) {
    Broken broken = assertThrows(Broken.class, () -> part.hold(contract(answer)));
    assertEquals(fault, broken.getMessage());
  }

  @Test
  void anHonestPluginKeepsAllOfIt() throws Exception {
    for (Hold part : PARTS) {
      part.hold(contract(ContractTest::honest));
    }
  }

  @Test
  void aPluginThatAnswersNothingIsFoundOut() {
    breaks(
        Contract::answers,
        "it answers no kind of question",
        analysis -> {
          throw new PluginException(Kind.BAD_QUESTION, "never");
        });
  }

  @Test
  void findingsOutOfOrderAreFoundOut() {
    breaks(
        Contract::soundFindings,
        "findings are not best first",
        analysis -> honest(analysis).reversed());
  }

  @Test
  void aScoreThatIsNoProbabilityIsFoundOut() {
    breaks(
        Contract::soundFindings,
        "a score is no probability",
        analysis -> List.of(new Finding.Tag("cat", Float.NaN)));
  }

  @Test
  void aBoxOutsideTheImageIsFoundOut() {
    breaks(
        Contract::imageSizes,
        "a finding lies outside the image",
        analysis -> List.of(new Finding.Box("cat", 0.5f, new Region(0, 0, 100, 100))));
  }

  @Test
  void anotherAnswerTheSecondTimeIsFoundOut() {
    AtomicInteger calls = new AtomicInteger();
    Answer fickle = analysis -> List.of(new Finding.Tag("cat", 1f / (1 + calls.incrementAndGet())));
    breaks(Contract::repeatable, "the same question has another answer the second time", fickle);
    breaks(Contract::twoThreads, "two threads have other answers than one", fickle);
  }

  @Test
  void aLabelThatCountsTwiceIsFoundOut() {
    breaks(
        Contract::labelCounts,
        "a label asked twice changes the answer",
        analysis ->
            analysis.question() instanceof Question.Labels(List<String> labels, List<String> _)
                ? List.of(new Finding.Tag("cat", 1f / labels.size()))
                : List.of());
  }

  @Test
  void wordsThatNobodyAskedForAreFoundOut() {
    String fault = "it says what nobody asked for";
    breaks(Contract::askedTexts, fault, analysis -> List.of(new Finding.Tag("angry man", 0.9f)));
    breaks(Contract::askedTexts, fault, analysis -> List.of(new Finding.Tag("dog", 0.9f)));
    breaks(
        Contract::askedTexts,
        fault,
        analysis -> List.of(new Finding.Caption("a cat and an angry man", 0.9f, "en")));
    breaks(Contract::askedTexts, fault, analysis -> List.of(new Finding.Match("item-x", 0.9f)));
  }

  @Test
  void optionsThatAreIgnoredAreFoundOut() {
    breaks(
        Contract::options,
        "it does not honour topK",
        analysis ->
            List.of(
                new Finding.Tag("cat", 0.9f),
                new Finding.Tag("flower", 0.8f),
                new Finding.Tag("rocket", 0.7f)));
    breaks(
        Contract::options,
        "it does not honour the threshold",
        analysis -> List.of(new Finding.Tag("cat", 0.1f)));
  }

  @Test
  void certaintyAboutWhatIsNotThereIsFoundOut() {
    breaks(
        Contract::absentLabels,
        "it is sure of a label that is not there",
        analysis -> List.of(new Finding.Tag("absent two", 0.5f)));
  }

  @Test
  void whoHidesABrokenOrRefusingModelIsFoundOut() {
    breaks(
        Contract::brokenModel,
        "it does not call it a fault that the model is broken",
        analysis -> {
          try {
            return honest(analysis);
          } catch (PluginException e) {
            boolean isFault = e.kind() == Kind.FAULT;
            throw isFault ? new PluginException(Kind.UNAVAILABLE, "not now") : e;
          }
        });
    breaks(
        Contract::brokenModel,
        "it answers though the host refused",
        analysis -> {
          try {
            return honest(analysis);
          } catch (PluginException e) {
            if (e.kind() == Kind.BAD_QUESTION) {
              throw e;
            }
            return List.of();
          }
        });
    breaks(
        Contract::brokenModel,
        "it does not pass on a refusal",
        analysis -> {
          try {
            return honest(analysis);
          } catch (PluginException e) {
            boolean isQuestion = e.kind() == Kind.BAD_QUESTION;
            throw isQuestion ? e : new PluginException(Kind.FAULT, "mine");
          }
        });
  }
}
