package dev.cordon.core.routing;

import dev.cordon.spi.VisionLanguage;

/** Where one call runs and why, with the handle that the plugin gets. */
public record Route(
    VisionLanguage model, String target, String modelName, String modelDigest, String reason) {}
