/** Which plugin answers a capability: what came with the host, and packages that are enabled. */
package dev.cordon.core.catalog;
