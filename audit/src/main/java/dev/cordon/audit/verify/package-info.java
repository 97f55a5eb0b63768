/**
 * The log judged by someone who does not trust its writer: re-derivation of a whole stored log, and
 * the offline check of one proof. Reads from a source, writes nothing.
 */
package dev.cordon.audit.verify;
