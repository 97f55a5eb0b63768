/** How well things are found and pointed at, on a folder of labelled photographs. */
package dev.cordon.benchmarks.detection;
