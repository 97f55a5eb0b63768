package dev.cordon.spi;

import java.util.List;

/** Turns one question about one image into findings. Thread-safe; keeps nothing between calls. */
public interface VisionPlugin extends AutoCloseable {
  /**
   * Answers, best finding first; every text in a finding must have been asked for or be neutral.
   */
  List<Finding> analyse(Analysis analysis) throws PluginException;

  @Override
  void close();
}
