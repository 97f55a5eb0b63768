/**
 * The Merkle tree of RFC 6962 as pure functions over hashes: leaf and node hashes, the compact
 * range that appends, proofs built from complete subtrees, and the verifiers of RFC 9162. No
 * storage, no JSON, no signatures.
 */
package dev.cordon.audit.tree;
