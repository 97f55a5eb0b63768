/**
 * The schema {@code gallery} in Postgres over plain JDBC: migration, grants and statements. The
 * only package of this module that knows SQL.
 */
package dev.cordon.gallery.store;
