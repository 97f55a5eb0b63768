/**
 * The vectors of one generation in memory and the search over them: an exact comparison while there
 * are few, a navigable graph (JVector) beyond. Nothing here is ever written to a disk.
 */
package dev.cordon.gallery.index;
