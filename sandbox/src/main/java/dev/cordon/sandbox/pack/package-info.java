/**
 * Packages of plugins: reading one into memory within bounds, its signature, its manifest. A
 * package is refused for the first reason found, and nothing of it is left anywhere. Knows no
 * WebAssembly.
 */
package dev.cordon.sandbox.pack;
