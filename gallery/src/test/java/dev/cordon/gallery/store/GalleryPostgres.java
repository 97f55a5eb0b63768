package dev.cordon.gallery.store;

import dev.cordon.gallery.collection.CollectionStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A Postgres of the tests with the gallery's schema, and the two roles that use it. */
final class GalleryPostgres implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  private GalleryPostgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static GalleryPostgres start() throws IOException {
    GalleryPostgres started = new GalleryPostgres(EmbeddedPostgres.builder().start());
    started.asAdministrator(
        "create role owner login; create role serves login;"
            + " grant create on database postgres to owner");
    started.migrate();
    return started;
  }

  void migrate() {
    GallerySchema.migrate(source("owner"), "serves");
  }

  void empty() {
    asAdministrator("delete from gallery.collection");
  }

  void asAdministrator(String sql) {
    run(source("postgres"), sql);
  }

  void asHost(String sql) {
    run(source("serves"), sql);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  /** Every row of the schema as text, byte arrays in hexadecimal. */
  String everythingStored() throws SQLException {
    StringBuilder all = new StringBuilder();
    List<String> tables = new ArrayList<>();
    try (Connection connection = source("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select tablename from pg_tables where schemaname = 'gallery' order by 1")) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet row =
            statement.executeQuery("select t::text from gallery." + table + " t")) {
          while (row.next()) {
            all.append(row.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  CollectionStore reading() {
    return new PostgresCollectionStore(source("serves"));
  }

  /** Works in one transaction that is committed, or rolled back when it fails. */
  void committed(Consumer<CollectionStore> work) {
    try (Connection connection = source("serves").getConnection()) {
      connection.setAutoCommit(false);
      work.accept(new PostgresCollectionStore(handing(connection)));
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hands out one connection whose closing is left to its owner, as a transaction's pool does. */
  private static DataSource handing(Connection connection) {
    ClassLoader loader = GalleryPostgres.class.getClassLoader();
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

  private static void run(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private DataSource source(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {postgres.getPort()});
    source.setDatabaseName("postgres");
    source.setUser(user);
    return source;
  }
}
