/**
 * What a package must be for this product to take it: licences, families of models that are never
 * loaded, and the papers that promotion needs. Knows declared facts and digests; reads no weights.
 */
package dev.cordon.models.gate;
