package dev.cordon.core.costs;

import dev.cordon.audit.leaf.LeafKind;
import java.util.Locale;

/** A limit of a budget, and the leaf that says that it was reached. */
public enum Limit {
  SOFT(LeafKind.BUDGET_WARNING),
  HARD(LeafKind.BUDGET_EXHAUSTED);

  private final LeafKind leaf;

  Limit(LeafKind leaf) {
    this.leaf = leaf;
  }

  LeafKind leaf() {
    return leaf;
  }

  /** The name that metrics and leaves use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
