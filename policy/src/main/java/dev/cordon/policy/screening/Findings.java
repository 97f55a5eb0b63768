package dev.cordon.policy.screening;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Collects hits in order, each once; all categories are kept, the number of hits is bounded. */
final class Findings {
  private static final int MAX_HITS = 100;

  private final Set<Hit> hits = new LinkedHashSet<>();
  private final Set<String> categories = new HashSet<>();
  private Verdict verdict = Verdict.ALLOW;

  void add(Evidence evidence, String where) {
    if (evidence.verdict().compareTo(verdict) > 0) {
      verdict = evidence.verdict();
    }
    // INVARIANT: a new category is always kept, so rules see every category.
    if (categories.add(evidence.category()) || hits.size() < MAX_HITS) {
      hits.add(new Hit(evidence.category(), evidence.signal(), where));
    }
  }

  Screening screening() {
    return hits.isEmpty() ? Screening.CLEAN : new Screening(verdict, java.util.List.copyOf(hits));
  }
}
