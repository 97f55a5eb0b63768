package dev.cordon.sandbox.catalogue;

import java.time.Instant;

/**
 * How often calls of a plugin ended in one way.
 *
 * @param name digest of a package, or id of a plugin that came with the host
 * @param outcome {@code answered}, or the kind of failure
 */
public record Usage(String name, String outcome, long calls, Instant last) {}
