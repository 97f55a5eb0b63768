package dev.cordon.sandbox.catalogue;

import java.time.Instant;

/**
 * That a person looked at a package with its signed evaluation before them.
 *
 * @param digest of the package
 * @param reviewer pseudonym
 * @param evaluation digest of the report
 */
public record Review(String digest, String reviewer, Instant at, String evaluation) {}
