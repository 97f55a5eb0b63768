package dev.cordon.audit.store;

import dev.cordon.audit.leaf.AuditUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the schema {@code audit} to the current version and gives the runtime role its rights. */
public final class AuditSchema {
  private static final String SCHEMA = "audit";
  private static final long GRANT_LOCK = 0x636f72646f6e01L;

  private AuditSchema() {}

  /**
   * Migrates as the owner, then grants the runtime role exactly: read and append on leaves, nodes,
   * checkpoints and consents, the same and delete on commitment keys, read and update on the head.
   * Refuses a runtime role that is the owner or a superuser, because no grant could bind it.
   */
  public static void migrate(DataSource owner, String runtimeRole) {
    if (!runtimeRole.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("runtime role `" + runtimeRole + "` is no plain name");
    }
    try (Connection connection = owner.getConnection()) {
      refuseUnbound(connection, runtimeRole);
    } catch (SQLException e) {
      throw new AuditUnavailableException("the runtime role cannot be looked up", e);
    }
    Flyway.configure(AuditSchema.class.getClassLoader())
        .dataSource(owner)
        .defaultSchema(SCHEMA)
        .schemas(SCHEMA)
        .createSchemas(true)
        .locations("classpath:dev/cordon/audit/store/migration")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      grant(connection, '"' + runtimeRole + '"');
      connection.commit();
    } catch (SQLException e) {
      throw new AuditUnavailableException("the rights on the audit schema cannot be set", e);
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
