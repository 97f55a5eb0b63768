package dev.cordon.core.routing;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.command.Trail;
import dev.cordon.core.costs.Charge;
import dev.cordon.core.costs.CostLedger;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.routing.fleet.Target;
import dev.cordon.models.oip.OipTensor;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.spi.PluginException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Puts on record what leaves for a target, before it leaves; without a record nothing does. */
@ApplicationScoped
public class Egress {
  /** Less than a connection may be silent. */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final AuditWriter audit;
  private final CostLedger costs;
  private final Clock clock;

  public Egress(AuditWriter audit, CostLedger costs, Clock clock) {
    this.audit = audit;
    this.costs = costs;
    this.clock = clock;
  }

  /**
   * Returns once the leaf and what it costs are committed, or with {@code false} when the tenant's
   * budget does not allow it; throws otherwise. Waits for other transactions no longer than the
   * call has time.
   */
  boolean commit(
      Trail trail, Target target, Charge charge, List<OipTensor> tensors, Cancellation call)
      throws PluginException {
    Leaf leaf = leaf(trail, target.settings().id(), tensors);
    Duration most = call.remaining(LONGEST);
    if (most.isZero()) {
      throw outOfTime();
    }
    try {
      if (target.settings().price().isFree()) {
        audit.commit(most, () -> audit.append(leaf));
      } else if (!costs.commit(charge, leaf, most)) {
        return false;
      }
      trail.left();
      return true;
    } catch (Problem e) {
      // Then it is the call that ended, not the log.
      if (call.isCancelled()) {
        throw outOfTime();
      }
      throw e;
    }
  }

  private static PluginException outOfTime() {
    return new PluginException(
        PluginException.Kind.CANCELLED, "the call ran out of time before anything left");
  }

  private Leaf leaf(Trail trail, String target, List<OipTensor> tensors) {
    Leaf call = trail.leaf("permit", "");
    return new Leaf(
        Generators.timeBasedEpochGenerator().generate(),
        clock.instant(),
        call.tenant(),
        LeafKind.EGRESS,
        call.effect(),
        call.code(),
        call.rules(),
        call.bundle(),
        call.model(),
        call.plugin(),
        target,
        call.consents(),
        call.subjects(),
        Commitment.of(payload(trail, tensors)));
  }

  /**
   * The call's id, then the digest of each tensor. Committed to under a key rather than written
   * out: whoever guesses a text could otherwise confirm its tokens by their digest.
   */
  private static byte[] payload(Trail trail, List<OipTensor> tensors) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(trail.id().toString().getBytes(StandardCharsets.US_ASCII));
    tensors.forEach(tensor -> payload.writeBytes(tensor.digest()));
    return payload.toByteArray();
  }
}
