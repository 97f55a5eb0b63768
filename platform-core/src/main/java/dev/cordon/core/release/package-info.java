/**
 * Hop 9: the output stage of the policy and the audit leaf. Only this package creates {@code
 * Released}; no leaf, no answer.
 */
package dev.cordon.core.release;
