package dev.cordon.core.image;

import dev.cordon.core.image.ImageRefused.Reason;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the pixels that all calls hold at the same time by half of the heap, so that many large
 * pictures wait for each other instead of exhausting it. Fair: a large picture is not passed over.
 */
final class PixelRoom {
  /** One permit stands for so many pixels. */
  private static final int GRAIN = 1024;

  /** What a codec and the upright copy need together; codecs differ from 4 to 11. */
  private static final int BYTES_A_PIXEL = 8;

  private static final long WAIT_SECONDS = 10;

  private final int all;
  private final Semaphore free;

  PixelRoom(long heapBytes) {
    all = Math.clamp(heapBytes / 2 / BYTES_A_PIXEL / GRAIN, 1, Integer.MAX_VALUE);
    free = new Semaphore(all, true);
  }

  /** Room that is taken until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for room; a picture larger than all of it gets all of it. */
  Place take(long pixels) throws ImageRefused {
    int permits = (int) Math.min(all, pixels / GRAIN + 1);
    try {
      if (!free.tryAcquire(permits, WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw full();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full();
    }
    var taken = new AtomicBoolean(true);
    return () -> {
      if (taken.getAndSet(false)) {
        free.release(permits);
      }
    };
  }

  static ImageRefused full() {
    return new ImageRefused(Reason.NO_ROOM, "the host has no memory for this image now; try again");
  }
}
