/**
 * Secrets in files: created once, mode 0600, never overwritten. Knows nothing of what they mean.
 */
package dev.cordon.audit.keyfile;
