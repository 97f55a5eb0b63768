/**
 * Runs verified packages with ONNX Runtime in this process. The only importer of {@code
 * ai.onnxruntime}; embeddings never leave towards a plugin.
 */
package dev.cordon.models.onnx;
