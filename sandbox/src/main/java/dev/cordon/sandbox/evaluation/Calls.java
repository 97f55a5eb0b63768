package dev.cordon.sandbox.evaluation;

import dev.cordon.sandbox.evaluation.Asked.Form;
import dev.cordon.sandbox.wasm.Trip;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.VisionLanguage;
import dev.cordon.spi.VisionPlugin;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Calls of one plugin; counts and times them, and makes no more of one that was ended often. */
final class Calls {
  private static final int MOST_TRIPS = 3;
  private static final AnswerOptions ALL = AnswerOptions.DEFAULT;

  private final VisionPlugin plugin;
  private final Set<Permission> permissions;
  private final List<Trip> trips;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicLong slowest = new AtomicLong();

  Calls(VisionPlugin plugin, Set<Permission> permissions, List<Trip> trips) {
    this.plugin = plugin;
    this.permissions = permissions;
    this.trips = trips;
  }

  List<Finding> ask(Form form, List<String> labels, Specimen specimen, VisionLanguage model)
      throws PluginException {
    return ask(form, labels, ALL, specimen, model);
  }

  List<Finding> ask(
      Form form,
      List<String> labels,
      AnswerOptions options,
      Specimen specimen,
      VisionLanguage model)
      throws PluginException {
    if (trips.size() >= MOST_TRIPS) {
      throw new PluginException(
          PluginException.Kind.UNAVAILABLE, "it was ended too often to be called again");
    }
    made.incrementAndGet();
    long from = System.nanoTime();
    try {
      return plugin.analyse(new Asked(form.about(labels), options, specimen, model, permissions));
    } finally {
      slowest.accumulateAndGet(System.nanoTime() - from, Math::max);
    }
  }

  boolean hasTripped() {
    return !trips.isEmpty();
  }

  int made() {
    return made.get();
  }

  long slowestNanos() {
    return slowest.get();
  }
}
