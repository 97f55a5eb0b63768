/** Which plugin answers a capability. Knows plugins by the SPI only. */
package dev.cordon.core.catalog;
