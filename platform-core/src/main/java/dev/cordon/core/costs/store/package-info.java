/** Costs in Postgres: the schema {@code costs}, its migration, and the store over plain JDBC. */
package dev.cordon.core.costs.store;
