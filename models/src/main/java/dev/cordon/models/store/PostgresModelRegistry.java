package dev.cordon.models.store;

import dev.cordon.models.manifest.ModelManifest.Task;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.PackageState;
import dev.cordon.models.registry.Registered;
import dev.cordon.models.registry.RegistryUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The registry over plain JDBC, as the runtime role. The data source must hand out the connection
 * of the caller's transaction; reading works without one. Thread-safe.
 */
public final class PostgresModelRegistry implements ModelRegistry {
  private static final String COLUMNS =
      "digest, root, id, version, title, family, task, licence, signer, state, staged_by, staged_at,"
          + " decided_by, decided_at";

  /** A unique index was hit: somebody else has made a package active meanwhile. */
  private static final String TWO_ACTIVE = "23505";

  private final DataSource runtime;

  public PostgresModelRegistry(DataSource runtime) {
    this.runtime = runtime;
  }

  @Override
  public Optional<Registered> find(String digest) {
    return select(" where digest = ?", digest).stream().findFirst();
  }

  @Override
  public Optional<Registered> active(Task task) {
    return select(" where state = ? and task = ?", PackageState.ACTIVE.word(), task.word()).stream()
        .findFirst();
  }

  @Override
  public List<Registered> all() {
    return select(" order by staged_at desc, digest");
  }

  @Override
  public boolean add(Registered entry) {
    String sql =
        "insert into models.package ("
            + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (digest) do nothing";
    return execute(
        sql,
        statement -> {
          String[] texts = texts(entry);
          for (int i = 0; i < texts.length; i++) {
            statement.setString(i + 1, texts[i]);
          }
          decide(statement, texts.length + 1, entry);
        });
  }

  @Override
  public boolean replace(Registered read, Registered next) {
    String sql =
        "update models.package set root = ?, signer = ?, state = ?, staged_by = ?, staged_at = ?,"
            + " decided_by = ?, decided_at = ? where digest = ? and root = ? and state = ?"
            + " and staged_by = ?";
    return execute(
        sql,
        statement -> {
          statement.setString(1, next.root());
          statement.setString(2, next.signer());
          statement.setString(3, next.state().word());
          statement.setString(4, next.stagedBy());
          decide(statement, 5, next);
          statement.setString(8, read.digest());
          statement.setString(9, read.root());
          statement.setString(10, read.state().word());
          statement.setString(11, read.stagedBy());
        });
  }

  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private boolean execute(String sql, Parameters parameters) {
    try (Connection connection = runtime.getConnection()) {
      if (connection.getAutoCommit()) {
        throw new IllegalStateException("the registry is changed in a transaction, with its leaf");
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        parameters.set(statement);
        return statement.executeUpdate() == 1;
      }
    } catch (SQLException e) {
      if (TWO_ACTIVE.equals(e.getSQLState())) {
        return false;
      }
      throw new RegistryUnavailableException("the model registry cannot be written", e);
    }
  }

  private List<Registered> select(String where, String... values) {
    String sql = "select " + COLUMNS + " from models.package" + where;
    try (Connection connection = runtime.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      List<Registered> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(registered(row));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new RegistryUnavailableException("the model registry cannot be read", e);
    }
  }

  private static String[] texts(Registered entry) {
    return new String[] {
      entry.digest(),
      entry.root(),
      entry.id(),
      entry.version(),
      entry.title(),
      entry.family(),
      entry.task().word(),
      entry.licence(),
      entry.signer(),
      entry.state().word(),
      entry.stagedBy()
    };
  }

  private static void decide(PreparedStatement statement, int first, Registered entry)
      throws SQLException {
    statement.setObject(first, entry.stagedAt().atOffset(ZoneOffset.UTC));
    statement.setString(first + 1, entry.decision().map(Registered.Decided::by).orElse(null));
    statement.setObject(
        first + 2,
        entry.decision().map(decided -> decided.at().atOffset(ZoneOffset.UTC)).orElse(null));
  }

  private static Registered registered(ResultSet row) throws SQLException {
    Instant decidedAt = instant(row, 14);
    return new Registered(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Task.of(row.getString(7)),
        row.getString(8),
        row.getString(9),
        PackageState.valueOf(row.getString(10).toUpperCase(Locale.ROOT)),
        row.getString(11),
        instant(row, 12),
        decidedAt == null
            ? Optional.empty()
            : Optional.of(new Registered.Decided(row.getString(13), decidedAt)));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
