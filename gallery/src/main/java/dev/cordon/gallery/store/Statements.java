package dev.cordon.gallery.store;

import dev.cordon.gallery.collection.CollectionsUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Runs statements with their parameters; lists of texts become arrays. */
final class Statements {
  private static final int ROWS_AT_A_TIME = 1_000;

  private final DataSource runtime;

  Statements(DataSource runtime) {
    this.runtime = runtime;
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  interface Visitor {
    void visit(ResultSet row) throws SQLException;
  }

  /** Changes rows in the caller's transaction and says how many. */
  int change(String sql, Object... parameters) {
    try (Connection connection = runtime.getConnection()) {
      requireTransaction(connection);
      try (PreparedStatement statement = prepare(connection, sql, parameters)) {
        return statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw new CollectionsUnavailableException("the collections cannot be written", e);
    }
  }

  /** Reads rows and locks them, which makes sense in a transaction only. */
  <T> List<T> locked(String sql, Reader<T> reader, Object... parameters) {
    try (Connection connection = runtime.getConnection()) {
      requireTransaction(connection);
      return rows(connection, sql, reader, parameters);
    } catch (SQLException e) {
      throw new CollectionsUnavailableException("the collections cannot be locked", e);
    }
  }

  <T> List<T> rows(String sql, Reader<T> reader, Object... parameters) {
    try (Connection connection = runtime.getConnection()) {
      return rows(connection, sql, reader, parameters);
    } catch (SQLException e) {
      throw new CollectionsUnavailableException("the collections cannot be read", e);
    }
  }

  /** Reads rows a few at a time, in a transaction; the driver would otherwise hold them all. */
  void each(String sql, Visitor visitor, Object... parameters) {
    try (Connection connection = runtime.getConnection()) {
      requireTransaction(connection);
      try (PreparedStatement statement = prepare(connection, sql, parameters)) {
        statement.setFetchSize(ROWS_AT_A_TIME);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            visitor.visit(row);
          }
        }
      }
    } catch (SQLException e) {
      throw new CollectionsUnavailableException("the collections cannot be read", e);
    }
  }

  private static <T> List<T> rows(
      Connection connection, String sql, Reader<T> reader, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet row = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(
            i + 1,
            parameters[i] instanceof List<?> texts
                ? connection.createArrayOf("text", texts.toArray())
                : parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static void requireTransaction(Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("collections are changed in a transaction, with its leaf");
    }
  }
}
