/**
 * The texts a log signs and hands out: C2SP signed notes with Ed25519 keys, tlog-checkpoints and
 * tlog-proofs. No storage; the key file is the only thing it touches outside memory.
 */
package dev.cordon.audit.checkpoint;
