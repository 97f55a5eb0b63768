/**
 * What a model package says of itself: the records of {@code manifest.json} and their strict
 * reading. No files are opened here, no graph is loaded.
 */
package dev.cordon.models.manifest;
