package dev.cordon.core.wiring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A real Postgres under the data folder, on loopback, with durable settings and passwords of its
 * own. After a crash of the host the server lives on and the next start adopts it.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String NAME = "cordon";
  private static final String OWNER = "cordon_owner";
  private static final String RUNTIME = "cordon_runtime";

  private final EmbeddedPostgres server;
  private final Database database;

  private EmbeddedDatabase(EmbeddedPostgres server, Database database) {
    this.server = server;
    this.database = database;
  }

  /** Starts or adopts the server of a data folder. */
  public static EmbeddedDatabase start(Path data) throws IOException, SQLException {
    Path folder = data.resolve("postgres");
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    String password = password(data);
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPort(runningPort(folder))
            .setConnectConfig("password", password)
            .setServerConfig("listen_addresses", HOST)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
    prepare(server, password, folder);
    return new EmbeddedDatabase(server, at(server.getPort(), password));
  }

  /** The server of a data folder when it runs already, with a host or after one. */
  public static Optional<Database> running(Path data) throws IOException {
    int port = runningPort(data.resolve("postgres"));
    return port == 0 ? Optional.empty() : Optional.of(at(port, password(data)));
  }

  /** Where the host connects and as whom. */
  public Database database() {
    return database;
  }

  private static Database at(int port, String password) {
    return new Database(
        "jdbc:postgresql://" + HOST + ":" + port + "/" + NAME,
        new Database.Login(OWNER, password),
        new Database.Login(RUNTIME, password));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** Port of a server that outlived its host, or 0 for any free port. */
  private static int runningPort(Path folder) throws IOException {
    Path pidFile = folder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(pidFile);
    boolean alive =
        lines.size() > 3
            && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    return alive ? Integer.parseInt(lines.get(3).strip()) : 0;
  }

  /** Idempotent: roles, database, and passwords in place of trust. */
  private static void prepare(EmbeddedPostgres server, String password, Path folder)
      throws SQLException, IOException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      // The password is hexadecimal and the names are constants: nothing to escape.
      for (String role : List.of(OWNER, RUNTIME)) {
        if (!exists(sql, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
          sql.execute("CREATE ROLE " + role + " LOGIN");
        }
        sql.execute("ALTER ROLE " + role + " PASSWORD '" + password + "'");
      }
      sql.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
      if (!exists(sql, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
        sql.execute("CREATE DATABASE " + NAME + " OWNER " + OWNER);
        sql.execute("REVOKE ALL ON DATABASE " + NAME + " FROM PUBLIC");
        sql.execute("GRANT CONNECT ON DATABASE " + NAME + " TO " + RUNTIME);
      }
      Files.writeString(folder.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
      sql.execute("SELECT pg_reload_conf()");
    }
  }

  private static boolean exists(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      return rows.next();
    }
  }

  /** The password of this server's roles, made of 32 random bytes when there is none yet. */
  private static String password(Path data) throws IOException {
    Path file = data.resolve("identity").resolve("postgres.password");
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      byte[] secret = new byte[32];
      new SecureRandom().nextBytes(secret);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(secret));
    }
    return Files.readString(file).strip();
  }
}
