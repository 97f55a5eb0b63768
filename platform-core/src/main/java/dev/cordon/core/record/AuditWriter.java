package dev.cordon.core.record;

import dev.cordon.audit.leaf.AuditLog;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Commits a leaf, alone or with the state it records, before anything is released. */
@ApplicationScoped
public class AuditWriter {
  private static final Logger LOG = Logger.getLogger(AuditWriter.class);

  /** When the work that runs is given up, by {@link System#nanoTime}. */
  private static final ScopedValue<Long> END = ScopedValue.newInstance();

  private final AuditLog log;

  public AuditWriter(AuditLog log) {
    this.log = log;
  }

  /** Commits one leaf; the receipt exists only after the commit. */
  public Receipt write(Leaf leaf) {
    return commit(() -> log.append(leaf));
  }

  /** Commits a change of state, or a check of it, and the leaf together, or neither. */
  public Receipt write(Leaf leaf, Runnable change) {
    return commit(
        () -> {
          change.run();
          return log.append(leaf);
        });
  }

  /** Appends inside work that {@link #commit} runs; the receipt holds once that has returned. */
  public Receipt append(Leaf leaf) {
    if (END.isBound()) {
      // What went before may have waited too.
      log.limit(Duration.ofNanos(END.get() - System.nanoTime()));
    }
    return log.append(leaf);
  }

  /** Whether a leaf of this id is committed, or appended by the work that runs. */
  public boolean holds(UUID leaf) {
    return log.holds(leaf);
  }

  /** As {@link #commit(Supplier)}, but given up when other transactions keep it waiting longer. */
  public <T> T commit(Duration most, Supplier<T> work) {
    return ScopedValue.where(END, System.nanoTime() + most.toNanos())
        .call(
            () ->
                commit(
                    () -> {
                      log.limit(most);
                      return work.get();
                    }));
  }

  /** Runs work that reads or signs the log in a transaction of its own. */
  public <T> T commit(Supplier<T> work) {
    try {
      // INVARIANT: AuditLog takes part in the transaction opened here; what it returns is not used
      // before the commit.
      return QuarkusTransaction.requiringNew().call(work::get);
    } catch (Problem e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.logf(
          END.isBound() ? Logger.Level.WARN : Logger.Level.ERROR,
          "a transaction of the audit log did not commit: %s",
          e.getClass().getSimpleName());
      LOG.debug("cause", e);
      throw Problem.of(
          Code.AUDIT_UNAVAILABLE, "nothing was released; try again when the log is back", e);
    }
  }
}
