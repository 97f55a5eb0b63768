package dev.cordon.policy.screening;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The result of screening one call: the worst verdict and, in order of discovery, the hits behind
 * it.
 */
public record Screening(Verdict verdict, List<Hit> hits) {
  /** Nothing found. */
  public static final Screening CLEAN = new Screening(Verdict.ALLOW, List.of());

  public Screening {
    requireNonNull(verdict);
    hits = List.copyOf(hits);
  }

  /** Categories of all hits, sorted. */
  public Set<String> categories() {
    var categories = new TreeSet<String>();
    hits.forEach(hit -> categories.add(hit.category()));
    return Collections.unmodifiableSet(categories);
  }

  /** Kinds of evidence of all hits, sorted. */
  public Set<String> signals() {
    var signals = new TreeSet<String>();
    hits.forEach(hit -> signals.add(hit.signal()));
    return Collections.unmodifiableSet(signals);
  }
}
