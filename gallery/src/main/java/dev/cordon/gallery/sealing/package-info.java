/**
 * Encryption at rest: a data key for each collection, sealed by the host's key, and vectors sealed
 * by the data key. Knows neither files nor tables.
 */
package dev.cordon.gallery.sealing;
