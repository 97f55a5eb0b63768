package dev.cordon.core.image;

import dev.cordon.models.preprocessing.RgbImage;

/** An upright picture without metadata, the media type it came as, and its quality. */
public record DecodedImage(RgbImage image, String mediaType, ImageQuality quality) {}
