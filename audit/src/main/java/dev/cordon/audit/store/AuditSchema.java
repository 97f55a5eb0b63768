package dev.cordon.audit.store;

import dev.cordon.audit.leaf.AuditUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema {@code audit} to the current version and gives the runtime role its rights. */
public final class AuditSchema {
  private static final String SCHEMA = "audit";
  private static final long GRANT_LOCK = 0x636f72646f6e01L;

  /** Roles behind the current one that no grant binds. */
  private static final String MASTERS =
      "select rolname from pg_roles r where pg_has_role(current_user, r.oid, 'member')"
          + " and (rolsuper or exists (select from pg_namespace"
          + " where nspname = 'audit' and nspowner = r.oid)"
          + " or exists (select from pg_class where relnamespace = 'audit'::regnamespace"
          + " and relowner = r.oid)) order by rolname limit 1";

  private AuditSchema() {}

  /**
   * Migrates as the owner, then grants the runtime role exactly: read and append on leaves, nodes,
   * checkpoints and consents, the same and delete on commitment keys, read and update on the head.
   * Refuses a runtime role that is the owner or a superuser, because no grant could bind it. What
   * the database refuses is an {@link AuditUnavailableException} with its SQLState and message.
   */
  public static void migrate(DataSource owner, String runtimeRole) {
    if (!runtimeRole.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("runtime role `" + runtimeRole + "` is no plain name");
    }
    try (Connection connection = owner.getConnection()) {
      refuseUnbound(connection, runtimeRole);
    } catch (SQLException e) {
      throw refused("the runtime role cannot be looked up", e);
    }
    try {
      flyway(owner).migrate();
    } catch (FlywayException e) {
      throw refused("the audit schema cannot be migrated", e);
    }
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      grant(connection, '"' + runtimeRole + '"');
      connection.commit();
    } catch (SQLException e) {
      throw refused("the rights on the audit schema cannot be set", e);
    }
  }

  /**
   * Refuses a connection that the grants do not bind: another login than the runtime role, a
   * superuser, or a member of a role that owns a part of the audit schema.
   */
  public static void checkRuntime(DataSource runtime, String runtimeRole) {
    try (Connection connection = runtime.getConnection();
        Statement statement = connection.createStatement()) {
      for (String user : List.of("session_user", "current_user")) {
        String name = text(statement, "select " + user).orElseThrow();
        if (!name.equals(runtimeRole)) {
          throw new IllegalStateException(
              "the host works as `" + name + "` and not as the runtime role `" + runtimeRole + "`");
        }
      }
      if (text(statement, "select 1 from pg_namespace where nspname = 'audit'").isEmpty()) {
        throw new IllegalStateException("the audit schema does not exist in this database");
      }
      if (text(statement, "select 1 from pg_roles where rolname = current_user and rolsuper")
          .isPresent()) {
        throw new IllegalStateException(
            "the runtime role `" + runtimeRole + "` is a superuser, which no grant binds");
      }
      text(statement, MASTERS)
          .ifPresent(
              master -> {
                throw new IllegalStateException(
                    "the runtime role `%s` is a member of `%s`, which may change the audit log"
                        .formatted(runtimeRole, master));
              });
    } catch (SQLException e) {
      throw refused("the runtime connection cannot be checked", e);
    }
  }

  private static Flyway flyway(DataSource owner) {
    return Flyway.configure(AuditSchema.class.getClassLoader())
        .dataSource(owner)
        .defaultSchema(SCHEMA)
        .schemas(SCHEMA)
        .createSchemas(true)
        .locations("classpath:dev/cordon/audit/store/migration")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load();
  }

  private static AuditUnavailableException refused(String what, Exception e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    String why =
        cause instanceof SQLException sql
            ? "SQLState " + sql.getSQLState() + ", " + sql.getMessage()
            : String.valueOf(e.getMessage());
    return new AuditUnavailableException(what + ": " + why.strip().replaceAll("\\s+", " "), e);
  }

  private static Optional<String> text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  private static void refuseUnbound(Connection connection, String role) throws SQLException {
    String sql = "select rolsuper or rolname = current_user from pg_roles where rolname = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, role);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("runtime role `" + role + "` does not exist");
        }
        if (row.getBoolean(1)) {
          throw new IllegalStateException(
              "runtime role `" + role + "` is the owner or a superuser, which no grant binds");
        }
      }
    }
  }

  private static void grant(Connection connection, String role) throws SQLException {
    List<String> grants =
        List.of(
            // Two hosts that start together would otherwise trip over each other's grants.
            "select pg_advisory_xact_lock(" + GRANT_LOCK + ")",
            "revoke all on schema audit from public",
            "revoke all on all tables in schema audit from public, " + role,
            "grant usage on schema audit to " + role,
            "grant select, insert on audit.leaf, audit.node, audit.checkpoint to " + role,
            "grant select, insert on audit.consent, audit.consent_withdrawal to " + role,
            "grant select, insert, delete on audit.commitment_key to " + role,
            "grant select, update on audit.head to " + role);
    try (Statement statement = connection.createStatement()) {
      for (String grant : grants) {
        statement.execute(grant);
      }
    }
  }
}
