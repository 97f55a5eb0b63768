/**
 * Brings model packages to this machine: the catalogue of what is known, downloads that end in the
 * pinned bytes or not at all, archives, and the change from the hub's layout into a package.
 */
package dev.cordon.models.hub;
