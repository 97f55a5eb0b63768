package dev.cordon.sandbox.store;

import dev.cordon.sandbox.catalogue.Enablement;
import dev.cordon.sandbox.catalogue.Enablement.Place;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.InstalledPackage.State;
import dev.cordon.sandbox.catalogue.RegistryUnavailableException;
import dev.cordon.spi.Permission;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Statements with their parameters, and rows as values. */
record Rows(DataSource runtime) {
  static final String PACKAGE =
      "select digest, id, version, capability, permissions, publisher, signer,"
          + " case when content is null then 'REMOVED'"
          + " when exists (select from plugins.review r where r.digest = p.digest)"
          + " then 'REVIEWED' else 'INSTALLED' end,"
          + " installed_by, installed_at, trips from plugins.package p";
  static final String ENABLEMENT =
      "select tenant, purpose, capability, digest, previous, enabled_by, enabled_at"
          + " from plugins.enablement";

  /** One row as a value. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> select(Reader<T> reader, String sql, Object... values) {
    try (Connection connection = runtime.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(reader.read(row));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new RegistryUnavailableException("the plugin registry cannot be read", e);
    }
  }

  /** Rows that one statement changed, in the transaction of the caller. */
  int change(String sql, Object... values) {
    try (Connection connection = runtime.getConnection()) {
      requireTransaction(connection);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        set(statement, values);
        return statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw new RegistryUnavailableException("the plugin registry cannot be written", e);
    }
  }

  /** Runs a query for what it does, in the transaction of the caller. */
  <T> T ask(Reader<T> reader, String sql, Object... values) {
    try (Connection connection = runtime.getConnection()) {
      requireTransaction(connection);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        set(statement, values);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return reader.read(row);
        }
      }
    } catch (SQLException e) {
      throw new RegistryUnavailableException("the plugin registry cannot be asked", e);
    }
  }

  private static void requireTransaction(Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("the registry is changed in a transaction, with its leaf");
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i] instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : values[i];
      statement.setObject(i + 1, value);
    }
  }

  static InstalledPackage installed(ResultSet row) throws SQLException {
    return new InstalledPackage(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        permissions(row.getString(5)),
        row.getString(6),
        row.getString(7),
        State.valueOf(row.getString(8)),
        row.getString(9),
        instant(row, 10),
        row.getInt(11));
  }

  static Enablement enablement(ResultSet row) throws SQLException {
    return new Enablement(
        new Place(row.getString(1), row.getString(2), row.getString(3)),
        row.getString(4),
        Optional.ofNullable(row.getString(5)),
        row.getString(6),
        instant(row, 7));
  }

  static String words(Set<Permission> permissions) {
    return permissions.stream().map(Permission::name).sorted().collect(Collectors.joining(","));
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Set<Permission> permissions(String words) {
    return Arrays.stream(words.split(",")).map(Permission::valueOf).collect(Collectors.toSet());
  }
}
