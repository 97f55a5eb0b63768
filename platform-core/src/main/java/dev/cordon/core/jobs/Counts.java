package dev.cordon.core.jobs;

import java.util.Map;

/** How many items of a job stand where. */
public record Counts(int waiting, int done, int refused, int failed, int cancelled) {
  /** Missing states count nothing. */
  public static Counts of(Map<ItemState, Integer> items) {
    return new Counts(
        items.getOrDefault(ItemState.WAITING, 0),
        items.getOrDefault(ItemState.DONE, 0),
        items.getOrDefault(ItemState.REFUSED, 0),
        items.getOrDefault(ItemState.FAILED, 0),
        items.getOrDefault(ItemState.CANCELLED, 0));
  }

  /** Items that will not change any more; grows until the job ends. */
  public int ended() {
    return done + refused + failed + cancelled;
  }
}
