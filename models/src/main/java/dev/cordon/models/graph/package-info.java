/** What an ONNX file says of itself, read without a runtime; no weight is looked at. */
package dev.cordon.models.graph;
