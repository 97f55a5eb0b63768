package dev.cordon.spi;

/**
 * Facts about the image as a whole: mean luma (0 to 1), its standard deviation (0 to 0.5), and the
 * variance of its Laplacian at up to 512 pixels a side (0 where there is no edge).
 */
public record ImageQuality(double brightness, double contrast, double sharpness) {}
