/**
 * Finds items of a collection that a text describes or that look like an image. Sees names of items
 * with similarities only; no pixels, no vectors, no caller.
 */
package dev.cordon.plugins.imagesearch;
