/** How a schema of one of the host's own rooms is kept; what stands in it is that room's. */
package dev.cordon.core.store;
