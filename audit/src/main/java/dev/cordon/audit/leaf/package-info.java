/**
 * One entry of the audit log: the leaf record, its canonical JSON, the keyed commitment to what it
 * must not say, and the promise of the log that keeps it. No SQL, no framework, no clock.
 */
package dev.cordon.audit.leaf;
