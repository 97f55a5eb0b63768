package dev.cordon.models.onnx;

import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.VerifiedPackage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The place of the model that answers. Calls borrow it; a model that is replaced or taken out is
 * lent no more and closed when its last borrower has returned it. Thread-safe.
 */
public final class ModelSlot implements AutoCloseable {
  private Lent current;

  /** A model for the length of one call; closing it more than once does nothing more. */
  public interface Loan extends AutoCloseable {
    OnnxImageTextModel model();

    VerifiedPackage verified();

    /** The package that answers. */
    default ModelPackage pack() {
      return verified().pack();
    }

    @Override
    void close();
  }

  /** Counts the slot itself and every borrower; guarded by the slot. */
  private static final class Lent {
    private final VerifiedPackage verified;
    private final OnnxImageTextModel model;
    private int holders = 1;

    Lent(VerifiedPackage verified, OnnxImageTextModel model) {
      this.verified = verified;
      this.model = model;
    }
  }

  private final class Borrowed implements Loan {
    private final Lent lent;
    private final AtomicBoolean returned = new AtomicBoolean();

    Borrowed(Lent lent) {
      this.lent = lent;
    }

    @Override
    public OnnxImageTextModel model() {
      return lent.model;
    }

    @Override
    public VerifiedPackage verified() {
      return lent.verified;
    }

    @Override
    public void close() {
      if (!returned.getAndSet(true)) {
        release(lent);
      }
    }
  }

  /** The model in the slot, or nothing when there is none. */
  public synchronized Optional<Loan> borrow() {
    if (current == null) {
      return Optional.empty();
    }
    current.holders++;
    return Optional.of(new Borrowed(current));
  }

  /** What lies in the slot now. */
  public synchronized Optional<VerifiedPackage> current() {
    return Optional.ofNullable(current).map(lent -> lent.verified);
  }

  /** Puts a model in the place of what was there; the slot closes it from now on. */
  public void put(VerifiedPackage verified, OnnxImageTextModel model) {
    swap(new Lent(verified, model));
  }

  /** Takes the model out; nothing answers until another is put. */
  @Override
  public void close() {
    swap(null);
  }

  private void swap(Lent next) {
    Lent old;
    synchronized (this) {
      old = current;
      current = next;
    }
    if (old != null) {
      release(old);
    }
  }

  private void release(Lent lent) {
    boolean last;
    synchronized (this) {
      lent.holders--;
      last = lent.holders == 0;
    }
    if (last) {
      lent.model.close();
    }
  }
}
