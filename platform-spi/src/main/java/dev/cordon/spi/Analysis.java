package dev.cordon.spi;

/** What one call may use. The plugin sees no caller, tenant, consent, file or address. */
public interface Analysis {
  /** What is asked of the image. */
  Question question();

  /** How the caller wants the answer. */
  AnswerOptions options();

  /** Size of the upright image in pixels. */
  ImageGeometry image();

  /** Compares regions with texts; already routed for this call. */
  VisionLanguage model();

  /** The upright pixels; refused without {@link Permission#PIXELS}. */
  Pixels pixels() throws PluginException;
}
