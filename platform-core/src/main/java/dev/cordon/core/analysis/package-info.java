/** The ten hops in order, and what travels along them. */
package dev.cordon.core.analysis;
