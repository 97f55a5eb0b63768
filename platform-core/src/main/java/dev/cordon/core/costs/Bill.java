package dev.cordon.core.costs;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known only after a target has answered, and is not on record yet. Belongs to one call;
 * not thread-safe.
 */
public final class Bill {
  private final List<Charge> open = new ArrayList<>();

  /** Adds what the call owes. */
  public void add(Charge charge) {
    open.add(charge);
  }

  public boolean isSettled() {
    return open.isEmpty();
  }

  List<Charge> open() {
    return List.copyOf(open);
  }

  void settled() {
    open.clear();
  }
}
