/**
 * Tags an image with the labels it was asked for, or says that none of them applies. Sees
 * similarities only; no pixels, no model, no caller.
 */
package dev.cordon.plugins.imagetagging;
