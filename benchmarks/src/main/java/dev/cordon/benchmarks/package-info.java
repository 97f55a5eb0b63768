/**
 * Measurements and the peers they are made against. Nothing here is part of the product, and no
 * test depends on a time measured here.
 */
package dev.cordon.benchmarks;
