package dev.cordon.core.jobs;

import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.analysis.AnalysisPipeline;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.jobs.JobStore.Claim;
import dev.cordon.core.jobs.JobStore.Ended;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.release.Keeping;
import dev.cordon.core.release.Released;
import dev.cordon.models.onnx.Cancellation;
import java.util.Optional;
import java.util.UUID;

/**
 * One item on its way through the pipeline. Its answer, or the problem that it ends with, is kept
 * in the transaction of its leaf; what may pass is not kept, and the item waits on.
 */
final class ItemRun implements Keeping {
  /** An item that the host did not survive, or had no room for, so often is given up. */
  static final int MOST_ATTEMPTS = 10;

  private final Claim claim;
  private final JobKeys.Opened key;
  private final JobStore store;
  private final JobBodies bodies;
  private final AuditWriter audit;
  private final Cancellation call;
  private volatile boolean stopped;
  private AnalysisRequest request;
  private boolean passing;
  private boolean blameless;

  ItemRun(
      Claim claim,
      JobKeys.Opened key,
      JobStore store,
      JobBodies bodies,
      AuditWriter audit,
      Cancellation call) {
    this.claim = claim;
    this.key = key;
    this.store = store;
    this.bodies = bodies;
    this.audit = audit;
    this.call = call;
  }

  /** How a run went: there was no item, it has ended, or it waits for better times. */
  enum Outcome {
    NOTHING,
    ENDED,
    WAITS
  }

  /** Runs the item; the claim must be held until this returns. */
  Outcome run(AnalysisPipeline pipeline) {
    if (!count(1)) {
      // It ended with its leaf, and the host stopped before its image was removed.
      return Outcome.ENDED;
    }
    request = bodies.request(key.open("request", claim.job().sealedRequest()));
    byte[] image = key.open("image " + claim.item(), claim.sealedImage());
    try {
      ask(pipeline, image);
    } catch (Problem problem) {
      if (problem.refusal().isEmpty()) {
        passing = true;
        blameless = true;
      }
    }
    if (!passing) {
      return Outcome.ENDED;
    }
    boolean waits = !(blameless || stopped) || count(-1);
    // Cancelled while it ran: nothing waits, and its image is not kept for a sweep.
    return waits ? Outcome.WAITS : Outcome.ENDED;
  }

  /** Ends the run early because the host or the job stops. */
  void stop() {
    stopped = true;
    call.cancel();
  }

  private void ask(AnalysisPipeline pipeline, byte[] image) {
    if (isOver()) {
      Problem why = Problem.of(Code.INTERNAL, "the item was tried too often");
      pipeline.giveUp(claim.job().caller(), request, image, why, this);
    } else {
      pipeline.run(claim.job().caller(), request, image, call, this);
    }
  }

  private boolean isOver() {
    return claim.attempts() >= MOST_ATTEMPTS;
  }

  @Override
  public Optional<UUID> batch() {
    return Optional.of(claim.job().id());
  }

  @Override
  public void answered(Released released) {
    end(ItemState.DONE, released.receipt(), bodies.answer(request, released));
  }

  @Override
  public void refused(Problem recorded) {
    boolean noModel =
        recorded.code().equals(Code.MODEL_UNAVAILABLE.name())
            || recorded.code().equals(Code.TARGET_UNAVAILABLE.name());
    passing = noModel || recorded.code().equals(Code.OVERLOADED.name());
    // A run that took all its time, or all the memory, may do so again.
    blameless = noModel && !call.isCancelled();
    if (!passing) {
      end(
          ItemState.after(recorded),
          recorded.refusal().orElseThrow().receipt(),
          bodies.problem(recorded));
    }
  }

  /** Somebody else may have ended the item, with the job say; then this leaf has no answer. */
  private void end(ItemState state, Receipt receipt, byte[] body) {
    store.end(
        claim.job().id(),
        new Ended(claim.item(), state, receipt.index(), key.seal("answer " + claim.item(), body)));
  }

  private boolean count(int by) {
    return audit.commit(() -> store.countAttempt(claim.job().id(), claim.item(), by));
  }
}
