/** Jobs, their items and the images that wait, in the schema {@code jobs}; all SQL about them. */
package dev.cordon.core.jobs.store;
