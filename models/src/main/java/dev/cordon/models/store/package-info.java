/** The registry of packages in Postgres, schema {@code models}; the one place with its SQL. */
package dev.cordon.models.store;
