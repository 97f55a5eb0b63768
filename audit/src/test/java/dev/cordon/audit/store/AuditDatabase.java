package dev.cordon.audit.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A fresh, migrated database on one real Postgres for the whole test run. */
final class AuditDatabase {
  static final String OWNER = "cordon_owner";
  static final String RUNTIME = "cordon_runtime";

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final EmbeddedPostgres POSTGRES = start();

  private final String name;

  private AuditDatabase(String name) {
    this.name = name;
  }

  /** A copy of a database that was migrated once. */
  static AuditDatabase migrated() {
    return create(" template " + Migrated.TEMPLATE.name);
  }

  static AuditDatabase empty() {
    return create("");
  }

  private static AuditDatabase create(String options) {
    AuditDatabase database = new AuditDatabase("audit_" + COUNT.incrementAndGet());
    String sql = "create database " + database.name + " owner " + OWNER + options;
    run(source("postgres", "postgres"), sql);
    return database;
  }

  DataSource owner() {
    return source(name, OWNER);
  }

  DataSource runtime() {
    return source(name, RUNTIME);
  }

  DataSource superuser() {
    return source(name, "postgres");
  }

  PGSimpleDataSource as(String user) {
    return source(name, user);
  }

  /** Built by hand: the library's own URL would name the superuser. */
  String url() {
    return "jdbc:postgresql://localhost:" + POSTGRES.getPort() + "/" + name;
  }

  /** Does what no role of the product can: changes the log with its triggers off. */
  void tamper(String sql) {
    run(superuser(), "set session_replication_role = replica; " + sql);
  }

  long count(String table) {
    try (Connection connection = superuser().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void run(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PGSimpleDataSource source(String database, String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {POSTGRES.getPort()});
    source.setDatabaseName(database);
    source.setUser(user);
    return source;
  }

  private static EmbeddedPostgres start() {
    try {
      // Without fsync, as the library starts it: no test here survives a crash of the server.
      EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setPortNumbers(new int[] {postgres.getPort()});
      source.setDatabaseName("postgres");
      source.setUser("postgres");
      run(source, "create role " + OWNER + " login; create role " + RUNTIME + " login");
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Migrated when the first test asks. */
  private static final class Migrated {
    static final AuditDatabase TEMPLATE = migrate();

    static AuditDatabase migrate() {
      AuditDatabase database = empty();
      AuditSchema.migrate(database.owner(), RUNTIME);
      return database;
    }
  }
}
