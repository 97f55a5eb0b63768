package dev.cordon.core.jobs.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Runs statements with their parameters, in the caller's transaction; lists become arrays. */
final class JobTables {
  private final DataSource runtime;

  JobTables(DataSource runtime) {
    this.runtime = runtime;
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  int change(String sql, Object... parameters) {
    try (Connection connection = runtime.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the jobs cannot be written", e);
    }
  }

  <T> List<T> rows(String sql, Reader<T> reader, Object... parameters) {
    try (Connection connection = runtime.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet row = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("the jobs cannot be read", e);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("jobs are read and changed in a transaction");
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameter(connection, parameters[i]));
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static Object parameter(Connection connection, Object value) throws SQLException {
    if (value instanceof Collection<?> values) {
      boolean ids = values.stream().allMatch(UUID.class::isInstance);
      return connection.createArrayOf(ids ? "uuid" : "text", values.toArray());
    }
    return value;
  }
}
