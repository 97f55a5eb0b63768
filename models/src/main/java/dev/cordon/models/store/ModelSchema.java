package dev.cordon.models.store;

import dev.cordon.models.registry.RegistryUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema {@code models} to the current version and gives the runtime role its rights.
 */
public final class ModelSchema {
  private static final String SCHEMA = "models";
  private static final long GRANT_LOCK = 0x636f72646f6e02L;

  private ModelSchema() {}

  /**
   * Migrates as the owner; the runtime role may read, add and update packages, never remove one.
   */
  public static void migrate(DataSource owner, String runtimeRole) {
    if (!runtimeRole.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("runtime role `" + runtimeRole + "` is no plain name");
    }
    Flyway.configure(ModelSchema.class.getClassLoader())
        .dataSource(owner)
        .defaultSchema(SCHEMA)
        .schemas(SCHEMA)
        .createSchemas(true)
        .locations("classpath:dev/cordon/models/store/migration")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      grant(connection, '"' + runtimeRole + '"');
      connection.commit();
    } catch (SQLException e) {
      throw new RegistryUnavailableException("the rights on the models schema cannot be set", e);
    }
  }

  private static void grant(Connection connection, String role) throws SQLException {
    List<String> grants =
        List.of(
            // Two hosts that start together would otherwise trip over each other's grants.
            "select pg_advisory_xact_lock(" + GRANT_LOCK + ")",
            "revoke all on schema models from public",
            "revoke all on all tables in schema models from public, " + role,
            "grant usage on schema models to " + role,
            "grant select, insert, update on models.package to " + role);
    try (Statement statement = connection.createStatement()) {
      for (String grant : grants) {
        statement.execute(grant);
      }
    }
  }
}
