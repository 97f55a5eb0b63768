package dev.cordon.sandbox.evaluation;

import dev.cordon.sandbox.evaluation.Result.Figure;
import dev.cordon.sandbox.evaluation.Result.Outcome;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.wasm.SandboxLimits;
import dev.cordon.sandbox.wasm.Trip;
import dev.cordon.sandbox.wasm.WasmPluginFactory;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.VisionPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Puts the plugin of a package through every {@link Check}, in its sandbox, as a host calls it. */
public final class Evaluation {
  private final Calls calls;
  private final Contract contract;
  private final Latencies latencies;
  private final Duration deadline;

  private Evaluation(
      Calls calls, Specimen.Collection specimens, Predicate<String> neutral, Duration deadline) {
    this.calls = calls;
    this.contract = new Contract(calls, specimens, neutral);
    this.latencies = new Latencies(calls, contract, specimens.photographs());
    this.deadline = deadline;
  }

  /**
   * Every result, in order. A package that no host would take is refused; so is one that cannot do
   * without settings, as an {@link IllegalArgumentException}.
   *
   * @param neutral whether the host's screen lets a text pass
   * @param deadline of one call
   * @param said is told of each result and of what is wrong, an empty text if nothing is
   */
  public static List<Result> run(
      PluginPackage pack,
      Specimen.Collection specimens,
      Predicate<String> neutral,
      Duration deadline,
      BiConsumer<Result, String> said)
      throws PluginPackageException {
    List<Trip> trips = new CopyOnWriteArrayList<>();
    WasmPluginFactory factory = WasmPluginFactory.of(pack, SandboxLimits.DEFAULT, trips::add);
    List<Result> results = new ArrayList<>();
    try (VisionPlugin plugin = factory.create(PluginSettings.NONE)) {
      Calls calls = new Calls(plugin, pack.manifest().permissions(), trips);
      Evaluation evaluation = new Evaluation(calls, specimens, neutral, deadline);
      for (Check check : Check.values()) {
        results.add(evaluation.judge(check, said));
      }
    }
    return results;
  }

  private Result judge(Check check, BiConsumer<Result, String> said) {
    Optional<Figure> figure = Optional.empty();
    String fault = "";
    try {
      figure = hold(check);
    } catch (Broken e) {
      fault = e.getMessage();
      figure = e.figure();
    } catch (PluginException e) {
      fault = "a call failed as " + e.kind() + ": " + e.getMessage();
    } catch (RuntimeException e) {
      fault = "a call failed with " + e.getClass().getSimpleName();
    }
    Outcome outcome = fault.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
    Result result = new Result(check, outcome, figure);
    said.accept(result, fault);
    return result;
  }

  private Optional<Figure> hold(Check check) throws Broken, PluginException {
    switch (check) {
      case ANSWERS -> contract.answers();
      case SOUND_FINDINGS -> contract.soundFindings();
      case REPEATABLE -> contract.repeatable();
      case TWO_THREADS -> contract.twoThreads();
      case IMAGE_SIZES -> contract.imageSizes();
      case LABEL_COUNTS -> contract.labelCounts();
      case ASKED_TEXTS -> contract.askedTexts();
      case OPTIONS -> contract.options();
      case ABSENT_LABELS -> contract.absentLabels();
      case BROKEN_MODEL -> contract.brokenModel();
      case LATENCY_P50 -> {
        return Optional.of(latencies.percentile(0.50));
      }
      case LATENCY_P99 -> {
        return Optional.of(latencies.percentile(0.99));
      }
      case IN_TIME -> {
        return inTime();
      }
      case NO_TRIP -> {
        return noTrip();
      }
    }
    return Optional.empty();
  }

  private Optional<Figure> inTime() throws Broken {
    Optional<Figure> slowest = Optional.of(Figure.millis(calls.slowestNanos()));
    if (calls.slowestNanos() > deadline.toNanos()) {
      throw new Broken("a call took longer than a host waits", slowest);
    }
    return slowest;
  }

  private Optional<Figure> noTrip() throws Broken {
    Optional<Figure> made = Optional.of(Figure.count(calls.made(), "calls"));
    if (calls.hasTripped()) {
      throw new Broken("an instance had to be ended", made);
    }
    return made;
  }
}
