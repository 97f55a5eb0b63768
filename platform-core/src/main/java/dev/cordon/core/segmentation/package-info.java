/**
 * Masks of an answer: what the segmenter cuts out at the prompts of a call, and the run lengths in
 * which masks are told.
 */
package dev.cordon.core.segmentation;
