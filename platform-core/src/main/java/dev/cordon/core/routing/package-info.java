/** Hop 7: binds one call to a target and guards every text that a plugin sends to the model. */
package dev.cordon.core.routing;
