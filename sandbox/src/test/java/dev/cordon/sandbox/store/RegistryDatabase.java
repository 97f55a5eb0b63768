package dev.cordon.sandbox.store;

import dev.cordon.sandbox.catalogue.PluginRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database with the two roles of a deployment. */
final class RegistryDatabase implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  private RegistryDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static RegistryDatabase start() throws IOException {
    RegistryDatabase database = new RegistryDatabase(EmbeddedPostgres.builder().start());
    database.run(
        database.source("postgres"),
        "create role owner login; create role serves login;"
            + " grant create on database postgres to owner");
    PluginSchema.migrate(database.source("owner"), "serves");
    return database;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  PluginRegistry reading() {
    return new PostgresPluginRegistry(source("serves"));
  }

  /** Works in one transaction that is committed, or rolled back when it fails. */
  boolean committed(Predicate<PluginRegistry> work) {
    try (Connection connection = source("serves").getConnection()) {
      connection.setAutoCommit(false);
      boolean result = work.test(new PostgresPluginRegistry(handing(connection)));
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hands out one connection whose closing is left to its owner, as a transaction's pool does. */
  DataSource handing(Connection connection) {
    ClassLoader loader = RegistryDatabase.class.getClassLoader();
    Object open =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return (DataSource)
        Proxy.newProxyInstance(
            loader, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> open);
  }

  void run(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  DataSource source(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {postgres.getPort()});
    source.setDatabaseName("postgres");
    source.setUser(user);
    return source;
  }

  /** Whether somebody waits for a lock that another holds. */
  boolean waiting() {
    try (Connection connection = source("postgres").getConnection();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select exists (select from pg_locks where locktype = 'advisory' and not granted)")) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
