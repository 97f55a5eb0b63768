/**
 * Finds the things a caller names and says where they are, or that they are not there. Sees
 * similarities only; no pixels, no model, no caller.
 */
package dev.cordon.plugins.objectdetection;
