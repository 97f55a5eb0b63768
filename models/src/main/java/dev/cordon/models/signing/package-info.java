/**
 * OpenSSF model signatures with a local key: a Sigstore bundle around an in-toto statement that
 * names every file of a folder. Knows bytes, keys and names; opens no manifest and runs nothing.
 */
package dev.cordon.models.signing;
