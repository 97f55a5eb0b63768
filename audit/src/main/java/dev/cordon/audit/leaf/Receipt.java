package dev.cordon.audit.leaf;

/**
 * Where a leaf lies: the log's origin, the leaf's index, and the lower-case hex of SHA-256(0x00 ||
 * entry).
 */
public record Receipt(String origin, long index, String leafHash) {}
