package dev.cordon.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A schema of the host's own rooms: brings it to its current version and gives the runtime role its
 * rights, and no others.
 *
 * @param name of the schema, and of the room whose {@code store} has the migrations
 * @param grantLock no other schema's
 * @param rights such as {@code select on jobs.job}
 */
public record HostSchema(String name, long grantLock, List<String> rights) {
  /** Migrates as the owner. */
  public void migrate(DataSource owner, String runtimeRole) throws SQLException {
    if (!runtimeRole.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("runtime role `" + runtimeRole + "` is no plain name");
    }
    Flyway.configure(HostSchema.class.getClassLoader())
        .dataSource(owner)
        .defaultSchema(name)
        .schemas(name)
        .createSchemas(true)
        .locations("classpath:dev/cordon/core/" + name + "/store/migration")
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load()
        .migrate();
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String grant : grants('"' + runtimeRole + '"')) {
          statement.execute(grant);
        }
      }
      connection.commit();
    }
  }

  private List<String> grants(String role) {
    List<String> grants = new ArrayList<>();
    // Two hosts that start together would otherwise trip over each other's grants.
    grants.add("select pg_advisory_xact_lock(" + grantLock + ")");
    grants.add("revoke all on schema " + name + " from public");
    grants.add("revoke all on all tables in schema " + name + " from public");
    grants.add("grant usage on schema " + name + " to " + role);
    for (String right : rights) {
      // Not from tables of a newer version, whose hosts may run already.
      String tables = right.substring(right.indexOf(" on ") + " on ".length());
      grants.add("revoke all on " + tables + " from " + role);
      grants.add("grant " + right + " to " + role);
    }
    return grants;
  }
}
