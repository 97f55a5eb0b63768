/**
 * Turns untrusted bytes into an upright RGB image without metadata, or refuses them. No files, no
 * network, no HTTP; nothing of the image's content is logged or put into a message.
 */
package dev.cordon.core.image;
