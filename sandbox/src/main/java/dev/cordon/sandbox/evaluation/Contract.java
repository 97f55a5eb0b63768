package dev.cordon.sandbox.evaluation;

import dev.cordon.sandbox.evaluation.Asked.Form;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.VisionLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The contract of the SPI, part by part, for every kind of question that the plugin answers. */
final class Contract {
  static final List<String> THINGS =
      List.of("cat", "cup of coffee", "flower", "rocket", "temple", "bicycle");

  private static final List<String> ABSENT = List.of("absent one", "absent two");
  private static final int MANY = 200;
  private static final int ROUNDS = 8;
  private static final float SURE = 0.5f;
  private static final float LEAST = 0.2f;

  private final Calls calls;
  private final List<? extends Specimen> photographs;
  private final List<? extends Specimen> extremes;
  private final Predicate<String> neutral;
  private List<Form> forms;

  Contract(Calls calls, Specimen.Collection specimens, Predicate<String> neutral) {
    this.calls = calls;
    this.photographs = specimens.photographs();
    this.extremes = specimens.extremes();
    this.neutral = neutral;
  }

  /** Kinds of questions that it answers. */
  List<Form> forms() throws Broken, PluginException {
    if (forms == null) {
      List<Form> answered = new ArrayList<>();
      for (Form form : Form.values()) {
        try {
          calls.ask(form, THINGS, photographs.getFirst(), photographs.getFirst().bind());
          answered.add(form);
        } catch (PluginException e) {
          if (e.kind() != Kind.BAD_QUESTION) {
            throw e;
          }
        }
      }
      forms = answered;
    }
    if (forms.isEmpty()) {
      throw new Broken("it answers no kind of question");
    }
    return forms;
  }

  void answers() throws Broken, PluginException {
    forms();
  }

  void soundFindings() throws Broken, PluginException {
    for (Specimen photograph : photographs) {
      requireSound(photograph, THINGS);
    }
  }

  void imageSizes() throws Broken, PluginException {
    for (Specimen extreme : extremes) {
      requireSound(extreme, THINGS);
    }
  }

  void labelCounts() throws Broken, PluginException {
    Specimen photograph = photographs.getFirst();
    requireSound(photograph, THINGS.subList(0, 1));
    requireSound(photograph, IntStream.range(0, MANY).mapToObj(i -> "thing " + i).toList());
    List<String> twice = new ArrayList<>(THINGS);
    twice.addAll(THINGS);
    for (Form form : forms()) {
      VisionLanguage model = photograph.bind();
      require(
          calls
              .ask(form, THINGS, photograph, model)
              .equals(calls.ask(form, twice, photograph, model)),
          "a label asked twice changes the answer");
    }
  }

  void repeatable() throws Broken, PluginException {
    for (Specimen photograph : photographs) {
      VisionLanguage model = photograph.bind();
      for (Form form : forms()) {
        require(
            calls
                .ask(form, THINGS, photograph, model)
                .equals(calls.ask(form, THINGS, photograph, model)),
            "the same question has another answer the second time");
      }
    }
  }

  /** One handle for all, so that the model's numbers are the same. */
  void twoThreads() throws Broken, PluginException {
    Specimen photograph = photographs.getFirst();
    VisionLanguage model = photograph.bind();
    for (Form form : forms()) {
      List<Finding> alone = calls.ask(form, THINGS, photograph, model);
      List<Future<List<Finding>>> answers = new ArrayList<>();
      try (ExecutorService two = Executors.newFixedThreadPool(2)) {
        for (int i = 0; i < ROUNDS; i++) {
          answers.add(two.submit(() -> calls.ask(form, THINGS, photograph, model)));
        }
      }
      for (Future<List<Finding>> answer : answers) {
        require(answerOf(answer).equals(alone), "two threads have other answers than one");
      }
    }
  }

  void askedTexts() throws Broken, PluginException {
    for (Specimen photograph : photographs) {
      for (Form form : forms()) {
        List<String> asked = form == Form.OPEN ? List.of() : THINGS;
        for (Finding finding : calls.ask(form, THINGS, photograph, photograph.bind())) {
          require(Soundness.isAskedFor(finding, asked, neutral), "it says what nobody asked for");
        }
      }
    }
  }

  void options() throws Broken, PluginException {
    for (Specimen photograph : photographs) {
      VisionLanguage model = photograph.bind();
      for (Form form : forms()) {
        List<Finding> all = calls.ask(form, THINGS, photograph, model);
        List<Finding> two = calls.ask(form, THINGS, options(2, 0), photograph, model);
        require(two.equals(all.subList(0, Math.min(2, all.size()))), "it does not honour topK");
        for (Finding finding :
            calls.ask(form, THINGS, options(Integer.MAX_VALUE, LEAST), photograph, model)) {
          require(finding.score() >= LEAST, "it does not honour the threshold");
        }
      }
    }
  }

  /** Before a model that finds them nowhere: what a real one thinks of a label is not its fault. */
  void absentLabels() throws Broken, PluginException {
    SimpleWorld nothing = new SimpleWorld(text -> text.contains("absent") ? -0.2 : 0.25);
    for (Form form : forms()) {
      for (Finding finding : calls.ask(form, ABSENT, photographs.getFirst(), nothing)) {
        boolean sure = finding.score() >= SURE;
        require(
            !sure || Soundness.label(finding).filter(ABSENT::contains).isEmpty(),
            "it is sure of a label that is not there");
      }
    }
  }

  void brokenModel() throws Broken, PluginException {
    Specimen photograph = photographs.getFirst();
    for (Form form : forms()) {
      try {
        List<Finding> findings =
            calls.ask(form, THINGS, photograph, new SimpleWorld(text -> Double.NaN));
        requireNothing(Soundness.fault(findings, photograph.image()));
      } catch (PluginException e) {
        require(e.kind() == Kind.FAULT, "it does not call it a fault that the model is broken");
      }
      PluginException refusal = new PluginException(Kind.NOT_PERMITTED, "as the host said");
      boolean[] refused = new boolean[1];
      SimpleWorld refusing =
          new SimpleWorld(
              text -> {
                refused[0] = true;
                throw refusal;
              });
      try {
        calls.ask(form, THINGS, photograph, refusing);
        require(!refused[0], "it answers though the host refused");
      } catch (PluginException e) {
        require(e == refusal, "it does not pass on a refusal");
      }
    }
  }

  private void requireSound(Specimen specimen, List<String> labels) throws Broken, PluginException {
    for (Form form : forms()) {
      requireNothing(
          Soundness.fault(calls.ask(form, labels, specimen, specimen.bind()), specimen.image()));
    }
  }

  private static List<Finding> answerOf(Future<List<Finding>> answer)
      throws Broken, PluginException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PluginException failure) {
        throw failure;
      }
      throw new Broken("a call failed on one of two threads");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Broken("the evaluation was interrupted");
    }
  }

  private static AnswerOptions options(int topK, float threshold) {
    return new AnswerOptions(topK, threshold, "en");
  }

  private static void requireNothing(Optional<String> fault) throws Broken {
    if (fault.isPresent()) {
      throw new Broken(fault.get());
    }
  }

  private static void require(boolean holds, String fault) throws Broken {
    if (!holds) {
      throw new Broken(fault);
    }
  }
}
