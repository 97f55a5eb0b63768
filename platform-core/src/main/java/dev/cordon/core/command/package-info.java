/**
 * What travels along the hops: the parsed request, the image bytes, and the trail of what is known
 * so far.
 */
package dev.cordon.core.command;
