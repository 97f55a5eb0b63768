package dev.cordon.core.catalog;

import dev.cordon.core.config.CordonConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Follows what other hosts change in the catalogue, and writes down what was counted here. */
@ApplicationScoped
public class CatalogWatch {
  private static final Logger LOG = Logger.getLogger(CatalogWatch.class);

  private final CordonConfig config;
  private final PackagePlugins packages;
  private final PluginStatistics statistics;
  private ScheduledExecutorService timer;
  private boolean troubled;

  public CatalogWatch(CordonConfig config, PackagePlugins packages, PluginStatistics statistics) {
    this.config = config;
    this.packages = packages;
    this.statistics = statistics;
  }

  void start(@Observes StartupEvent started) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cordon-catalog-watch").factory());
    // Before the first call: until the registry was read, no package answers.
    look();
    long every = config.catalog().poll().toMillis();
    timer.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    timer.shutdown();
    if (timer.awaitTermination(5, TimeUnit.SECONDS)) {
      look();
    }
  }

  /** Whatever is thrown would end the schedule. */
  private void look() {
    try {
      packages.follow();
      statistics.flush();
      troubled = false;
    } catch (RuntimeException | Error e) {
      // Once for each trouble: what is loaded stays, and no answer leaves without the database.
      if (!troubled) {
        LOG.errorf("the plugin catalogue cannot be followed: %s", e.getMessage());
      }
      troubled = true;
    }
  }
}
