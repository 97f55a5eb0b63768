package dev.cordon.core.record;

import dev.cordon.audit.leaf.AuditLog;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Commits a leaf, alone or with the state it records, before anything is released. */
@ApplicationScoped
public class AuditWriter {
  private static final Logger LOG = Logger.getLogger(AuditWriter.class);

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
    return log.append(leaf);
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
      LOG.errorf("the audit log cannot be reached: %s", e.getClass().getSimpleName());
      LOG.debug("cause", e);
      throw Problem.of(
          Code.AUDIT_UNAVAILABLE, "nothing was released; try again when the log is back", e);
    }
  }
}
