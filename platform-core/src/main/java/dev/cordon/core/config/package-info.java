/** Configuration keys, their defaults, and the check that no unknown key is set. */
package dev.cordon.core.config;
