/**
 * Turns labels or a text into what promptable segmenters take: points, a box and a rough mask. Sees
 * similarities only; no pixels, no model, no caller.
 */
package dev.cordon.plugins.segmentationprompts;
