package dev.cordon.core.image;

/**
 * Facts about the picture as a whole: sharpness is the variance of the 4-neighbour Laplacian of the
 * luma (0 to 1, Rec. 601) after box-averaging to at most 512 pixels a side; brightness is the mean
 * of that luma, 0 to 1.
 */
public record ImageQuality(double sharpness, double brightness) {}
