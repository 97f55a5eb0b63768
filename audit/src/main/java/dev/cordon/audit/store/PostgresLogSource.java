package dev.cordon.audit.store;

import dev.cordon.audit.leaf.AuditUnavailableException;
import dev.cordon.audit.verify.LogSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Streams the stored log from one repeatable-read, read-only transaction of its own, a few rows at
 * a time; the data source must hand out a connection that is in no transaction.
 */
public final class PostgresLogSource implements LogSource {
  private static final int ROWS_AT_A_TIME = 256;

  private final DataSource source;

  /** Reads as whatever role the data source has; the runtime role suffices. */
  public PostgresLogSource(DataSource source) {
    this.source = source;
  }

  @Override
  public Snapshot open() {
    try {
      return new Transaction(source.getConnection());
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static AuditUnavailableException unreadable(SQLException e) {
    return new AuditUnavailableException("the audit log cannot be read", e);
  }

  /** Reads one row. */
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static final class Transaction implements Snapshot {
    private final Connection connection;

    Transaction(Connection connection) throws SQLException {
      this.connection = connection;
      try {
        if (!connection.getAutoCommit()) {
          throw new IllegalStateException("a log is verified outside of other transactions");
        }
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }

    @Override
    public Optional<Head> head() {
      Iterator<Head> heads =
          stream(
              "select size, frontier from audit.head",
              row -> new Head(row.getLong(1), row.getBytes(2)));
      return heads.hasNext() ? Optional.of(heads.next()) : Optional.empty();
    }

    @Override
    public Iterator<StoredEntry> entries() {
      return stream(
          "select index, id, time, tenant, entry, leaf_hash from audit.leaf order by index",
          row ->
              new StoredEntry(
                  row.getLong(1),
                  row.getObject(2, UUID.class),
                  row.getObject(3, OffsetDateTime.class).toInstant(),
                  row.getString(4),
                  row.getBytes(5),
                  row.getBytes(6)));
    }

    @Override
    public Iterator<StoredNode> nodes() {
      return stream(
          "select level, index, hash from audit.node order by (index + 1) << level, level",
          row -> new StoredNode(row.getInt(1), row.getLong(2), row.getBytes(3)));
    }

    @Override
    public Iterator<StoredCheckpoint> checkpoints() {
      return stream(
          "select size, root, note from audit.checkpoint order by size",
          row -> new StoredCheckpoint(row.getLong(1), row.getBytes(2), row.getString(3)));
    }

    // Statement and cursor end with the connection; within a transaction the driver streams.
    private <T> Iterator<T> stream(String sql, RowReader<T> reader) {
      try {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(ROWS_AT_A_TIME);
        return new Cursor<>(statement, statement.executeQuery(), reader);
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    @Override
    public void close() {
      try (connection) {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }
  }

  private static final class Cursor<T> implements Iterator<T> {
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final RowReader<T> reader;
    private boolean more;

    Cursor(PreparedStatement statement, ResultSet rows, RowReader<T> reader) throws SQLException {
      this.statement = statement;
      this.rows = rows;
      this.reader = reader;
      this.more = rows.next();
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public T next() {
      if (!more) {
        throw new NoSuchElementException();
      }
      try {
        T read = reader.read(rows);
        more = rows.next();
        if (!more) {
          statement.close();
        }
        return read;
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }
  }
}
