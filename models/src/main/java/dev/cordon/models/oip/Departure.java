package dev.cordon.models.oip;

import dev.cordon.spi.PluginException;
import java.util.List;

/** Is told which tensors are about to leave for a target; what it throws keeps them here. */
public interface Departure {
  /** For tensors that hold nothing of a caller. */
  Departure UNTOLD = tensors -> {};

  /** Called once a call of the target, before its first attempt. */
  void leaving(List<OipTensor> tensors) throws PluginException;
}
