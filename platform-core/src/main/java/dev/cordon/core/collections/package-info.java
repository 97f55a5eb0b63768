/**
 * Collections of images: what a call searches or adds to, their indexes in memory, and what erases
 * them. The only room that asks for the vectors of a call.
 */
package dev.cordon.core.collections;
