package dev.cordon.core.costs.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the schema {@code costs} to the current version and gives the runtime role its rights. */
public final class CostSchema {
  private static final String SCHEMA = "costs";
  private static final long GRANT_LOCK = 0x636f72646f6e05L;

  private CostSchema() {}

  /** Migrates as the owner; the runtime role may read, add and change rows, not remove them. */
  public static void migrate(DataSource owner, String runtimeRole) throws SQLException {
    if (!runtimeRole.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("runtime role `" + runtimeRole + "` is no plain name");
    }
    Flyway.configure(CostSchema.class.getClassLoader())
        .dataSource(owner)
        .defaultSchema(SCHEMA)
        .schemas(SCHEMA)
        .createSchemas(true)
        .locations("classpath:dev/cordon/core/costs/store/migration")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      grant(connection, '"' + runtimeRole + '"');
      connection.commit();
    }
  }

  private static void grant(Connection connection, String role) throws SQLException {
    List<String> grants =
        List.of(
            // Two hosts that start together would otherwise trip over each other's grants.
            "select pg_advisory_xact_lock(" + GRANT_LOCK + ")",
            "revoke all on schema costs from public",
            "revoke all on all tables in schema costs from public, " + role,
            "grant usage on schema costs to " + role,
            "grant select, insert, update on costs.account, costs.line to " + role);
    try (Statement statement = connection.createStatement()) {
      for (String grant : grants) {
        statement.execute(grant);
      }
    }
  }
}
