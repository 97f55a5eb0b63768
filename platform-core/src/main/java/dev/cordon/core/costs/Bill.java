package dev.cordon.core.costs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known only after a target has answered, and is not on record yet. Belongs to one call;
 * not thread-safe.
 */
public final class Bill {
  private final Map<Charge.Line, Charge> open = new LinkedHashMap<>();

  /** Adds what the call owes. */
  public void add(Charge charge) {
    open.merge(charge.line(), charge, Charge::plus);
  }

  public boolean isSettled() {
    return open.isEmpty();
  }

  List<Charge> open() {
    return List.copyOf(open.values());
  }

  void settled() {
    open.clear();
  }
}
