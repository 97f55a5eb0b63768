package dev.cordon.spi;

/** What one call may use. The plugin sees no caller, tenant, consent, file or address. */
public interface Analysis {
  /** What is asked of the image. */
  Question question();

  /** How the caller wants the answer. */
  AnswerOptions options();

  /** False only where a gallery is searched by text; then {@link #image()} must not be asked. */
  boolean hasImage();

  /** Size of the upright image in pixels. */
  ImageGeometry image();

  /** How bright, contrasty and sharp the image is. */
  ImageQuality quality();

  /** Compares regions with texts; already routed for this call. */
  VisionLanguage model();

  /** The upright pixels; refused without {@link Permission#PIXELS}. */
  Pixels pixels() throws PluginException;

  /** The collection this call searches; refused without {@link Permission#GALLERY}. */
  Gallery gallery() throws PluginException;
}
