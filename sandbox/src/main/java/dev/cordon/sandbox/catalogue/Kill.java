package dev.cordon.sandbox.catalogue;

import java.time.Instant;

/**
 * That nothing of a plugin leaves any more.
 *
 * @param name id of a plugin, or digest of a package
 * @param by pseudonym of who pulled the switch; empty for the host itself
 */
public record Kill(String name, String by, Instant at) {}
