package dev.cordon.benchmarks.sandbox;

import dev.cordon.benchmarks.detection.Capability;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.VisionPlugin;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who calls a plugin that misbehaves, again as soon as it was ended. */
final class Neighbour implements AutoCloseable {
  private final VisionPlugin plugin;
  private final Thread thread;
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean stop;

  Neighbour(VisionPlugin plugin) {
    this.plugin = plugin;
    this.thread = Thread.ofPlatform().daemon().unstarted(() -> call());
    thread.start();
  }

  private void call() {
    Capability hostile = new Capability(plugin);
    while (!stop) {
      try {
        hostile.ask(new ImageGeometry(640, 427), new InstantModel(), List.of("thing"));
      } catch (PluginException end) {
        ended.incrementAndGet();
      }
    }
  }

  /** How often it was ended. */
  @Override
  public String toString() {
    return ended + " times";
  }

  @Override
  public void close() {
    stop = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    plugin.close();
  }
}
