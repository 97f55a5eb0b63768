package dev.cordon.core.collections;

import dev.cordon.audit.leaf.Leaf;
import dev.cordon.core.admission.PolicyEnforcementPoint;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.CollectionStore.Held;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Erases items whose subject's consent has expired, each with its leaf: a withdrawal erases at
 * once, but nobody calls when a time is over. Until then no search names such an item.
 */
@ApplicationScoped
public class ExpirySweep {
  private static final Logger LOG = Logger.getLogger(ExpirySweep.class);
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final CollectionStore store;
  private final Erasure erasure;
  private final PolicyEnforcementPoint policy;
  private final AuditWriter audit;
  private final Clock clock;
  private ScheduledExecutorService timer;

  public ExpirySweep(
      CollectionStore store,
      Erasure erasure,
      PolicyEnforcementPoint policy,
      AuditWriter audit,
      Clock clock) {
    this.store = store;
    this.erasure = erasure;
    this.policy = policy;
    this.audit = audit;
    this.clock = clock;
  }

  synchronized void start(@ObservesAsync HttpServerStart listening) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cordon-expiry-sweep").factory());
    timer.scheduleWithFixedDelay(this::sweepSafely, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized void stop(@Observes ShutdownEvent event) {
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  /** A purpose that is not registered any more destroys nothing: its pack may only be missing. */
  private boolean restsOnConsent(Held held, String area) {
    return policy.restsOnConsent(held.tenant(), held.purpose(), Erasure.CAPABILITY, area);
  }

  /** An exception would end the schedule; the next sweep tries again. */
  private void sweepSafely() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.errorf("expired consents were not followed: %s", e.getClass().getName());
      LOG.debug("cause", e);
    }
  }

  /** One sweep; each subject in a transaction of its own, so that one does not hold up the rest. */
  void sweep() {
    for (Held held : audit.commit(store::held)) {
      audit.commit(
          () -> {
            Instant now = clock.instant();
            List<Leaf> erased =
                erasure.forgetExpired(held, now, area -> restsOnConsent(held, area));
            erased.forEach(audit::append);
            return erased.size();
          });
    }
  }
}
