/**
 * What a collection of images is: its purpose, its generations of vectors, its items, and the
 * promise of the store that keeps them. No SQL, no framework, no model.
 */
package dev.cordon.gallery.collection;
