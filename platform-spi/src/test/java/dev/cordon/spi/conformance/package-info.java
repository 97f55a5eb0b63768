/**
 * What every plugin must hold, whoever wrote it: extend {@link
 * dev.cordon.spi.conformance.VisionPluginConformance}. Packed as a jar of its own for plugin
 * authors; knows the SPI and JUnit only.
 */
package dev.cordon.spi.conformance;
