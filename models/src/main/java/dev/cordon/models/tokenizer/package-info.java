/**
 * Turns text into the token ids a text tower was trained on, as the package's tokenizer files say.
 * Text is data: what spells a special token is tokenised like any other characters. No ONNX, no
 * caching, no logging.
 */
package dev.cordon.models.tokenizer;
