/**
 * Plugins in WebAssembly as ordinary plugins of the SPI: checks a module, compiles it once, and
 * runs every call in an instance and on a thread of its own, within limits. The only package that
 * knows the WebAssembly engine.
 */
package dev.cordon.sandbox.wasm;
