package dev.cordon.spi;

import java.util.List;

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

  /**
   * Regions of the image that may hold a thing of whatever kind, likeliest first; empty where the
   * host has no model that proposes any. Refused without {@link Permission#PROPOSALS}. Since 1.1.
   */
  default List<Region> proposals() throws PluginException {
    return List.of();
  }
}
