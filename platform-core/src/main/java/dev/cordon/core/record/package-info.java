/**
 * Commits audit leaves, alone or with the state they record. Every room that changes or releases
 * something writes through here.
 */
package dev.cordon.core.record;
