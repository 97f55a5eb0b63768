/**
 * The targets besides this process: what {@code DATA/routing} says of them, and how they stand now.
 */
package dev.cordon.core.routing.fleet;
