package dev.cordon.core.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps jobs and their items; takes part in the transaction that the caller holds. */
public interface JobStore {
  /** An item as it comes in; the mark tells the same image from another one. */
  record Incoming(String name, byte[] mark, int bytes, byte[] sealedImage) {}

  /** An item that is there: where it stands, and the mark of its image. */
  record Known(ItemState state, byte[] mark) {}

  /** An item with all that it takes to run it. */
  record Claim(Job job, String item, int attempts, byte[] sealedImage) {}

  /** How an item ended: its state and the sealed body, with the index of its leaf. */
  record Ended(String item, ItemState state, long leaf, byte[] sealedAnswer) {}

  /** What waits now: items of one job, and bytes of all. */
  record Waiting(int items, long bytes) {}

  void add(Job job);

  /** The tenant's job; nothing when it is another's or erased. */
  Optional<Job> find(String tenant, UUID id);

  /** The tenant's jobs, the newest first. */
  List<Job> all(String tenant);

  Counts counts(UUID job);

  /** Whether the job takes items; if so it goes on taking them until the transaction ends. */
  boolean holdOpen(UUID job);

  Waiting waiting(UUID job);

  /** An item that was taken in, when there is one of that name. */
  Optional<Known> known(UUID job, String item);

  /** Adds an item that waits; false when there is one of that name. */
  boolean put(UUID job, Incoming item);

  /** Moves an open job to closed; harmless when it is not open. */
  void close(UUID job);

  /** Ends a job that has not ended, and every item that waits. */
  void cancel(UUID job);

  /** Destroys the job's key, so that nothing of it can be read any more, and hides the job. */
  void erase(UUID job);

  /** Erases jobs that were submitted before a time. */
  void eraseBefore(Instant time);

  /** Removes the rows of erased jobs and the images of items that have ended. */
  void sweep();

  /**
   * The first item that waits and that nobody runs. It is nobody else's until the caller's
   * transaction ends, however it ends.
   */
  Optional<Claim> claim();

  /** Counts an attempt, or takes one back; false when the item waits no more. */
  boolean countAttempt(UUID job, String item, int by);

  /** Keeps how an item ended, once: false when it waits no more, and nothing is kept. */
  boolean end(UUID job, Ended ended);

  /** Removes the image of an item. */
  void dropImage(UUID job, String item);

  /** Items that ended with a leaf after the given one, in the order of their leaves. */
  List<Ended> ended(UUID job, long afterLeaf, int limit);

  /** The jobs among these that have ended or gone. */
  List<UUID> stopped(List<UUID> jobs);
}
