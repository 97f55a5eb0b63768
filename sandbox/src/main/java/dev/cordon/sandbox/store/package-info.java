/** The registry of plugins in Postgres, schema {@code plugins}; the one place with its SQL. */
package dev.cordon.sandbox.store;
