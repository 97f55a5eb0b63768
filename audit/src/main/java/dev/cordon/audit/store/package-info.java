/**
 * The audit schema in Postgres: the log over plain JDBC, the consent ledger over JPA, the migration
 * and the grants. The only package here that knows SQL, JDBC, Hibernate or jakarta.
 */
package dev.cordon.audit.store;
