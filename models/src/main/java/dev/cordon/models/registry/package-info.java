/**
 * Opens model packages and refuses every byte that their manifest does not promise. Knows folders
 * and digests; runs nothing.
 */
package dev.cordon.models.registry;
