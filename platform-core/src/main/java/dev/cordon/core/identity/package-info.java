/**
 * Who calls: tenant and roles from a bearer token, and the loopback demo identity that signs such
 * tokens.
 */
package dev.cordon.core.identity;
