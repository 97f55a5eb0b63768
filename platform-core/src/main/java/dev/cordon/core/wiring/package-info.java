/**
 * Puts the rooms together: data folder, database, and the beans that are made from configuration.
 */
package dev.cordon.core.wiring;
