package dev.cordon.models.oip;

import dev.cordon.spi.PluginException;
import java.util.List;

/** Is told which tensors are about to leave for a target; what it throws keeps them here. */
public interface Departure {
  /** For tensors that hold nothing of a caller. */
  Departure UNTOLD = tensors -> nanos -> {};

  /**
   * Called each time before tensors leave, for a retry or a hedge too, by the thread that asks.
   *
   * @return whom the same thread tells that this request has ended
   */
  Stay leaving(List<OipTensor> tensors) throws PluginException;

  /** One request at the target. */
  interface Stay {
    /** Called once, with the nanoseconds from its departure to its answer or failure. */
    void ended(long nanos);
  }
}
