package dev.cordon.models.onnx;

import dev.cordon.spi.Finding.LowResolutionMask;

/**
 * What a segmenter cut out: logits over the whole image, above 0 on the thing, and the overlap with
 * the true mask that the model predicts, in [0, 1].
 */
public record SegmentedMask(LowResolutionMask logits, float score) {}
