/**
 * Prepares images for a model as its package says: resize, crop, normalise. No decoding, no files,
 * no ONNX.
 */
package dev.cordon.models.preprocessing;
