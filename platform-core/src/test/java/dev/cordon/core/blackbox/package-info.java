/**
 * The host as its users meet it: the packaged program in a process of its own, spoken to over HTTP.
 * With {@code -Dtest.url} and {@code -Dtest.data} the same suite runs against a host that is
 * already there.
 */
package dev.cordon.core.blackbox;
