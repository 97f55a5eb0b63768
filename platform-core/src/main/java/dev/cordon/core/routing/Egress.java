package dev.cordon.core.routing;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.command.Trail;
import dev.cordon.core.costs.Charge;
import dev.cordon.core.costs.CostLedger;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.routing.fleet.Target;
import dev.cordon.models.oip.OipTensor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Puts on record what leaves for a target, before it leaves; without a record nothing does. */
@ApplicationScoped
public class Egress {
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
   * budget does not allow it; throws a problem otherwise.
   */
  boolean commit(Trail trail, Target target, Charge charge, List<OipTensor> tensors) {
    Leaf leaf = leaf(trail, target.settings().id(), tensors);
    if (target.settings().price().isFree()) {
      audit.write(leaf);
    } else if (!costs.commit(charge, leaf)) {
      return false;
    }
    trail.left();
    return true;
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
