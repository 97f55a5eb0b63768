package dev.cordon.sandbox.evaluation;

import dev.cordon.sandbox.evaluation.Result.Figure;
import dev.cordon.spi.PluginException;
import java.util.Arrays;
import java.util.List;

/** How long a hundred calls took, each with a handle of the model that knows nothing yet. */
final class Latencies {
  private static final int CALLS = 100;

  private final Calls calls;
  private final Contract contract;
  private final List<? extends Specimen> photographs;
  private long[] sorted;

  Latencies(Calls calls, Contract contract, List<? extends Specimen> photographs) {
    this.calls = calls;
    this.contract = contract;
    this.photographs = photographs;
  }

  Figure percentile(double share) throws Broken, PluginException {
    if (sorted == null) {
      sorted = measure();
    }
    return Figure.millis(sorted[(int) Math.ceil(share * CALLS) - 1]);
  }

  private long[] measure() throws Broken, PluginException {
    Asked.Form form = contract.forms().getFirst();
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      Specimen photograph = photographs.get(i % photographs.size());
      long from = System.nanoTime();
      calls.ask(form, Contract.THINGS, photograph, photograph.bind());
      nanos[i] = System.nanoTime() - from;
    }
    Arrays.sort(nanos);
    return nanos;
  }
}
