package dev.cordon.core.wiring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A real Postgres under the data folder, on loopback, with durable settings and a password from its
 * first moment. After a crash of the host the server lives on and the next start adopts it.
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
    if (!Files.exists(folder)) {
      create(data, folder);
    }
    EmbeddedPostgres server = launch(data, folder);
    return new EmbeddedDatabase(server, at(server.getPort(), Files.readString(secret(data))));
  }

  /**
   * Made beside its place and moved there when it is whole, so that a start cut off leaves nothing.
   */
  private static void create(Path data, Path folder) throws IOException, SQLException {
    Path draft = data.resolve("postgres.new");
    if (Files.exists(draft)) {
      runningPid(draft).ifPresent(ProcessHandle::destroyForcibly);
      DataFolder.delete(draft);
    }
    DataFolder.create(draft);
    SecretFile.create(secret(data));
    try (EmbeddedPostgres server = launch(data, draft)) {
      prepare(server, Files.readString(secret(data)));
    }
    Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static EmbeddedPostgres launch(Path data, Path folder) throws IOException {
    try {
      return EmbeddedPostgres.builder()
          // The default place of the binaries is one that every local user can write to.
          .setOverrideWorkingDirectory(DataFolder.create(data.resolve("postgres-bin")).toFile())
          .setDataDirectory(folder)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPort(runningPort(folder))
          .setConnectConfig("password", Files.readString(secret(data)))
          // The builder's way to give initdb more options; the last `auth` wins over its `trust`.
          .setLocaleConfig("auth", "scram-sha-256")
          .setLocaleConfig("pwfile", secret(data).toString())
          .setServerConfig("listen_addresses", HOST)
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .setPGStartupWait(Duration.ofSeconds(60))
          .start();
    } catch (IllegalStateException e) {
      // The library tells a folder that is in use from a program that failed by its words alone.
      boolean isTaken = String.valueOf(e.getMessage()).startsWith("could not lock");
      throw new IOException(
          isTaken
              ? "another host serves `" + data + "`"
              : "Postgres cannot be started here; give `CORDON_DB_URL` of one that runs elsewhere",
          e);
    }
  }

  /** The server of a data folder when it runs already, with a host or after one. */
  public static Optional<Database> running(Path data) throws IOException {
    int port = runningPort(data.resolve("postgres"));
    return port == 0 ? Optional.empty() : Optional.of(at(port, Files.readString(secret(data))));
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
    return runningPid(folder).isEmpty() ? 0 : Integer.parseInt(pidFile(folder).get(3).strip());
  }

  private static Optional<ProcessHandle> runningPid(Path folder) throws IOException {
    List<String> lines = pidFile(folder);
    return lines.size() < 4
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
            .filter(ProcessHandle::isAlive)
            // After a reboot the number may be anyone's.
            .filter(process -> process.info().command().orElse("").endsWith("postgres"));
  }

  private static List<String> pidFile(Path folder) throws IOException {
    Path file = folder.resolve("postmaster.pid");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static void prepare(EmbeddedPostgres server, String password) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      // The password is hexadecimal and the names are constants: nothing to escape.
      for (String role : List.of(OWNER, RUNTIME)) {
        sql.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
      }
      sql.execute("CREATE DATABASE " + NAME + " OWNER " + OWNER);
      sql.execute("REVOKE ALL ON DATABASE " + NAME + " FROM PUBLIC");
      sql.execute("GRANT CONNECT ON DATABASE " + NAME + " TO " + RUNTIME);
    }
  }

  private static Path secret(Path data) {
    return data.resolve("identity").resolve("postgres.password");
  }
}
