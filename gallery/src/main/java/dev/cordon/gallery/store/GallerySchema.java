package dev.cordon.gallery.store;

import dev.cordon.gallery.collection.CollectionsUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema {@code gallery} to the current version and gives the runtime role its rights.
 */
public final class GallerySchema {
  private static final String SCHEMA = "gallery";
  private static final long GRANT_LOCK = 0x636f72646f6e03L;

  private GallerySchema() {}

  /** Migrates as the owner; the runtime role may read, add, change and remove rows. */
  public static void migrate(DataSource owner, String runtimeRole) {
    if (!runtimeRole.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("runtime role `" + runtimeRole + "` is no plain name");
    }
    Flyway.configure(GallerySchema.class.getClassLoader())
        .dataSource(owner)
        .defaultSchema(SCHEMA)
        .schemas(SCHEMA)
        .createSchemas(true)
        .locations("classpath:dev/cordon/gallery/store/migration")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      grant(connection, '"' + runtimeRole + '"');
      connection.commit();
    } catch (SQLException e) {
      throw new CollectionsUnavailableException(
          "the rights on the gallery schema cannot be set", e);
    }
  }

  private static void grant(Connection connection, String role) throws SQLException {
    List<String> grants =
        List.of(
            // Two hosts that start together would otherwise trip over each other's grants.
            "select pg_advisory_xact_lock(" + GRANT_LOCK + ")",
            "revoke all on schema gallery from public",
            "revoke all on all tables in schema gallery from public, " + role,
            "grant usage on schema gallery to " + role,
            "grant select, insert, delete on gallery.collection_key to " + role,
            // A row lock needs the right to update.
            "grant select, insert, update, delete on gallery.collection to " + role,
            "grant select, insert, update, delete on gallery.generation, gallery.item to " + role);
    try (Statement statement = connection.createStatement()) {
      for (String grant : grants) {
        statement.execute(grant);
      }
    }
  }
}
