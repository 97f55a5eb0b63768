/**
 * Analyses over many images: what waits, who runs it, and what came of each item. Every item is a
 * governed call of its own; nothing here decides.
 */
package dev.cordon.core.jobs;
