package dev.cordon.sandbox.wasm;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Gallery.Neighbour;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import run.endive.runtime.Instance;

/** What one call hands to its instance and gets from it; lives as long as the call. */
final class Guest {
  private final Analysis analysis;
  private final TwoThreads threads;
  private final SandboxLimits limits;
  private final Question question;
  private final AnswerOptions options;
  private final Optional<ImageGeometry> image;
  private final ImageQuality quality;
  private final ModelInfo info;
  private final CallTexts texts;
  private final FoundFindings found;
  private GuestMemory memory;
  private Similarities similarities;
  private SimilarityMap map;
  private List<Neighbour> neighbours = List.of();
  private List<Region> proposals;
  private int calls;

  /** Something of the host, done on the caller's thread. */
  interface Work<T> {
    T of(Analysis analysis) throws Exception;
  }

  /** On the caller's thread: asks the host all that costs nothing. */
  Guest(
      Analysis analysis,
      SortedMap<String, String> settings,
      SandboxLimits limits,
      TwoThreads threads) {
    this.analysis = analysis;
    this.threads = threads;
    this.limits = limits;
    this.question = analysis.question();
    this.options = analysis.options();
    this.image = analysis.hasImage() ? Optional.of(analysis.image()) : Optional.empty();
    this.quality = analysis.hasImage() ? analysis.quality() : new ImageQuality(0, 0, 0);
    this.info = analysis.model().info();
    this.texts = new CallTexts(analysis, settings);
    this.found = new FoundFindings(limits, image);
  }

  /** Before every call of the host. */
  void enter(Instance instance) {
    if (++calls > limits.hostCalls()) {
      throw new Tripped(Trip.Kind.HOST_CALLS);
    }
    if (memory == null) {
      memory = new GuestMemory(instance.memory());
    }
  }

  <T> T onCaller(Work<T> work) {
    return threads.onCaller(() -> work.of(analysis));
  }

  GuestMemory memory() {
    return memory;
  }

  Question question() {
    return question;
  }

  AnswerOptions options() {
    return options;
  }

  Optional<ImageGeometry> image() {
    return image;
  }

  ImageQuality quality() {
    return quality;
  }

  ModelInfo info() {
    return info;
  }

  CallTexts texts() {
    return texts;
  }

  FoundFindings found() {
    return found;
  }

  void compared(Similarities answer) {
    similarities = answer;
  }

  /** Of the last comparison. */
  Similarities similarities() {
    return present(similarities);
  }

  void mapped(SimilarityMap answer) {
    map = answer;
  }

  SimilarityMap map() {
    return present(map);
  }

  /** Asked of the host once, when the guest first asks. */
  List<Region> proposals() {
    if (proposals == null) {
      proposals = onCaller(Analysis::proposals);
    }
    return proposals;
  }

  int neighbours(List<Neighbour> nearest) {
    neighbours = List.copyOf(nearest);
    texts.neighbours(neighbours.stream().map(Neighbour::item).toList());
    return neighbours.size();
  }

  Neighbour neighbour(int index) {
    if (index < 0 || index >= neighbours.size()) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
    return neighbours.get(index);
  }

  private static <T> T present(T answer) {
    if (answer == null) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
    return answer;
  }
}
