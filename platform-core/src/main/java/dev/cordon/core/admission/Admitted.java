package dev.cordon.core.admission;

import dev.cordon.core.command.Trail;
import dev.cordon.models.onnx.ModelSlot;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxProposer;
import dev.cordon.models.onnx.OnnxSegmenter;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.language.Facts;
import java.util.Optional;

/**
 * Proof that a call passed screen, consent and policy; only {@link Admission} can make one. Holds
 * the model that answers the call and returns it when closed.
 */
public final class Admitted implements AutoCloseable {
  private final Trail trail;
  private final Facts facts;
  private final Decision decision;
  private final ModelSlot.Loan loan;
  private final Optional<OnnxSegmenter> segmenter;
  private final Optional<OnnxProposer> proposer;

  Admitted(
      Trail trail,
      Facts facts,
      Decision decision,
      ModelSlot.Loan loan,
      Optional<OnnxSegmenter> segmenter,
      Optional<OnnxProposer> proposer) {
    this.trail = trail;
    this.facts = facts;
    this.decision = decision;
    this.loan = loan;
    this.segmenter = segmenter;
    this.proposer = proposer;
  }

  public Trail trail() {
    return trail;
  }

  /** The facts of the admission stage; later stages add to them. */
  public Facts facts() {
    return facts;
  }

  public Decision decision() {
    return decision;
  }

  /** The one model of this call, whatever becomes active meanwhile. */
  public OnnxImageTextModel model() {
    return loan.model();
  }

  /** The segmenter that the call asked for; none where it asked for none. */
  public Optional<OnnxSegmenter> segmenter() {
    return segmenter;
  }

  /** The proposal model that the plugin may ask; none where it may not, or none is active. */
  public Optional<OnnxProposer> proposer() {
    return proposer;
  }

  @Override
  public void close() {
    loan.close();
  }
}
