package dev.cordon.core.jobs;

import dev.cordon.core.analysis.AnalysisPipeline;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.jobs.JobStore.Claim;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.models.onnx.Cancellation;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs what waits, a few items at a time, from the start of the host on: its own jobs, those that
 * an earlier host left behind, and those of other hosts on the same database.
 */
@ApplicationScoped
public class JobWorkers {
  private static final Logger LOG = Logger.getLogger(JobWorkers.class);

  /** A bound of caution: interactive calls want processors too. */
  private static final int MOST_WORKERS = 4;

  private static final int LONGEST_RUN_SECONDS = 600;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long IDLE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final long GRACE_MILLIS = 5_000;
  private static final int LOOKS_PER_SWEEP = 60;

  private final JobStore store;
  private final JobKeys keys;
  private final JobBodies bodies;
  private final AnalysisPipeline pipeline;
  private final ActiveModel active;
  private final AuditWriter audit;
  private final CordonConfig config;
  private final Clock clock;
  private final News news = new News();
  private final Map<ItemRun, UUID> running = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  public JobWorkers(
      JobStore store,
      JobKeys keys,
      JobBodies bodies,
      AnalysisPipeline pipeline,
      ActiveModel active,
      AuditWriter audit,
      CordonConfig config,
      Clock clock) {
    this.store = store;
    this.keys = keys;
    this.bodies = bodies;
    this.pipeline = pipeline;
    this.active = active;
    this.audit = audit;
    this.config = config;
    this.clock = clock;
  }

  /** Policy and model are there once the server listens. */
  synchronized void start(@ObservesAsync HttpServerStart listening) {
    int asked = config.jobs().workers();
    int count =
        asked > 0 ? asked : Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().name("cordon-job-" + i).start(this::work));
    }
    threads.add(Thread.ofPlatform().daemon().name("cordon-job-watch").start(this::watch));
  }

  /** Lets running items end, then ends them; they wait for the next start. */
  synchronized void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    wake();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    for (Thread thread : threads) {
      thread.join(Math.max(1, millisUntil(end)));
    }
    running.keySet().forEach(ItemRun::stop);
    for (Thread thread : threads) {
      thread.join(GRACE_MILLIS);
    }
  }

  /** Tells the workers that something waits. */
  void wake() {
    news.tell();
  }

  /** Ends the runs of these jobs on this host; other hosts follow within a second. */
  void stopRunning(List<UUID> jobs) {
    running.forEach(
        (run, job) -> {
          if (jobs.contains(job)) {
            run.stop();
          }
        });
  }

  /** Removes what is erased or over; what a run still holds is removed by a later sweep. */
  void sweep() {
    audit.commit(
        () -> {
          store.eraseBefore(clock.instant().minus(config.jobs().retention()));
          store.sweep();
          return null;
        });
  }

  private void work() {
    long pause = 0;
    while (!stopping) {
      long heard = news.count();
      switch (next()) {
        case NOTHING -> news.await(heard, IDLE_MILLIS);
        case ENDED -> pause = 0;
        case WAITS -> {
          pause = Math.clamp(2 * pause, FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
          pause(pause);
        }
      }
    }
  }

  /** Runs one item inside the transaction that claims it. */
  private ItemRun.Outcome next() {
    try {
      if (!hasModel()) {
        return ItemRun.Outcome.NOTHING;
      }
      return QuarkusTransaction.requiringNew()
          .timeout(LONGEST_RUN_SECONDS)
          .call(() -> store.claim().map(this::run).orElse(ItemRun.Outcome.NOTHING));
    } catch (RuntimeException e) {
      LOG.errorf("an item of a job waits: %s", e.getClass().getName());
      LOG.debug("cause", e);
      return ItemRun.Outcome.WAITS;
    }
  }

  /** Without a model every try would only be one more leaf that says so. */
  private boolean hasModel() {
    try {
      active.borrow().close();
      return true;
    } catch (Problem none) {
      return false;
    }
  }

  private ItemRun.Outcome run(Claim claim) {
    Job job = claim.job();
    try (Cancellation call = Cancellation.after(config.models().deadline())) {
      JobKeys.Opened key = keys.open(job.id(), job.sealedKey());
      ItemRun run = new ItemRun(claim, key, store, bodies, audit, call);
      running.put(run, job.id());
      try {
        ItemRun.Outcome outcome = run.run(pipeline);
        if (outcome == ItemRun.Outcome.ENDED) {
          store.dropImage(job.id(), claim.item());
        }
        return outcome;
      } finally {
        running.remove(run);
      }
    }
  }

  /** Ends runs whose jobs were stopped elsewhere, and cleans up now and then. */
  private void watch() {
    for (int looks = 0; !stopping; looks++) {
      try {
        if (looks % LOOKS_PER_SWEEP == 0) {
          sweep();
        }
        List<UUID> jobs = running.values().stream().distinct().toList();
        if (!jobs.isEmpty()) {
          stopRunning(audit.commit(() -> store.stopped(jobs)));
        }
      } catch (Problem unavailable) {
        LOG.debug("the jobs cannot be looked at", unavailable);
      }
      pause(IDLE_MILLIS);
    }
  }

  private void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; left > 0 && !stopping; left = millisUntil(end)) {
      news.await(news.count(), left);
    }
  }

  private static long millisUntil(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
  }

  /** Wakes who waits; what was told before the waiting began is not missed. */
  private static final class News {
    private long told;

    synchronized long count() {
      return told;
    }

    synchronized void tell() {
      told++;
      notifyAll();
    }

    synchronized void await(long heard, long millis) {
      try {
        if (told == heard) {
          wait(millis);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
