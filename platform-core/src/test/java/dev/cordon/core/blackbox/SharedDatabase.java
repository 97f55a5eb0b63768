package dev.cordon.core.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A Postgres with both roles that several hosts share, and the settings they must share too. */
final class SharedDatabase implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final Map<String, String> settings = new HashMap<>();

  private SharedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** The hosts' secrets come to lie in a folder that each of them reads. */
  static SharedDatabase start(Path secrets) throws IOException, SQLException {
    SharedDatabase shared = new SharedDatabase(EmbeddedPostgres.start());
    try (Connection admin = shared.postgres.getPostgresDatabase().getConnection();
        Statement sql = admin.createStatement()) {
      sql.execute("CREATE ROLE own LOGIN PASSWORD 'o'");
      sql.execute("CREATE ROLE run LOGIN PASSWORD 'r'");
      sql.execute("CREATE DATABASE cordon OWNER own");
    }
    return shared
        .with(
            "CORDON_DB_URL", "jdbc:postgresql://127.0.0.1:" + shared.postgres.getPort() + "/cordon")
        .with("CORDON_DB_OWNER_USER", "own")
        .with("CORDON_DB_OWNER_PASSWORD", "o")
        .with("CORDON_DB_RUNTIME_USER", "run")
        .with("CORDON_DB_RUNTIME_PASSWORD", "r")
        .with("CORDON_AUDIT_KEY_FILE", secrets.resolve("log.key").toString())
        .with("CORDON_AUDIT_PSEUDONYM_KEY_FILE", secrets.resolve("pseudonym.key").toString())
        .with("CORDON_COLLECTIONS_KEY_FILE", secrets.resolve("collections.key").toString())
        .with("CORDON_JOBS_KEY_FILE", secrets.resolve("jobs.key").toString());
  }

  SharedDatabase with(String variable, String value) {
    settings.put(variable, value);
    return this;
  }

  /** A connection as the hosts' runtime role. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(settings.get("CORDON_DB_URL"), "run", "r");
  }

  /** Environment variables of every host. */
  Map<String, String> settings() {
    return settings;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
