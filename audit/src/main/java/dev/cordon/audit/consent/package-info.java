/**
 * The consent ledger's meaning: records, their status, scopes, withdrawal and the check a decision
 * rests on, all pure; and subject pseudonyms. Storage lies in {@code store}.
 */
package dev.cordon.audit.consent;
