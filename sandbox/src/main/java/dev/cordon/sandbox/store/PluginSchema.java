package dev.cordon.sandbox.store;

import dev.cordon.sandbox.catalogue.RegistryUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema {@code plugins} to the current version and gives the runtime role its rights.
 */
public final class PluginSchema {
  private static final String SCHEMA = "plugins";
  private static final long GRANT_LOCK = 0x636f72646f6e08L;

  private PluginSchema() {}

  /** Migrates as the owner; the runtime role never removes a package's row. */
  public static void migrate(DataSource owner, String runtimeRole) {
    if (!runtimeRole.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("runtime role `" + runtimeRole + "` is no plain name");
    }
    Flyway.configure(PluginSchema.class.getClassLoader())
        .dataSource(owner)
        .defaultSchema(SCHEMA)
        .schemas(SCHEMA)
        .createSchemas(true)
        .locations("classpath:dev/cordon/sandbox/store/migration")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      grant(connection, '"' + runtimeRole + '"');
      connection.commit();
    } catch (SQLException e) {
      throw new RegistryUnavailableException("the rights on the plugins schema cannot be set", e);
    }
  }

  private static void grant(Connection connection, String role) throws SQLException {
    List<String> grants =
        List.of(
            // Two hosts that start together would otherwise trip over each other's grants.
            "select pg_advisory_xact_lock(" + GRANT_LOCK + ")",
            "revoke all on schema plugins from public",
            "revoke all on all tables in schema plugins from public, " + role,
            "grant usage on schema plugins to " + role,
            "grant select, insert, update on plugins.package, plugins.usage to " + role,
            "grant select, update on plugins.epoch to " + role,
            "grant select, insert, update, delete on plugins.review, plugins.enablement to " + role,
            "grant select, insert, delete on plugins.kill to " + role);
    try (Statement statement = connection.createStatement()) {
      for (String grant : grants) {
        statement.execute(grant);
      }
    }
  }
}
