/** What the sandbox costs, and what a hostile plugin costs its neighbours. */
package dev.cordon.benchmarks.sandbox;
