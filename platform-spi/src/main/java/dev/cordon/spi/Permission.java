package dev.cordon.spi;

/** What a plugin may ask of the host beyond the question and the geometry. */
public enum Permission {
  /** Compare regions of the image with texts; every plugin has it. */
  SIMILARITIES,
  /** Read the pixels of the upright image. */
  PIXELS,
  /** Search the caller's collection. */
  GALLERY,
  /** Get regions that a proposal model of the host names. Since 1.1. */
  PROPOSALS
}
