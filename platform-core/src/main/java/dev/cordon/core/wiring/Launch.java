package dev.cordon.core.wiring;

import dev.cordon.audit.store.AuditSchema;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.models.store.ModelSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What must stand before the framework starts: data folder, migrated database, identity. Settles
 * the framework's own keys as system properties; closing it stops the database it started.
 */
public final class Launch implements AutoCloseable {
  private final Optional<EmbeddedDatabase> embedded;

  private Launch(Optional<EmbeddedDatabase> embedded) {
    this.embedded = embedded;
  }

  /** Prepares everything, or says what is missing and leaves nothing running. */
  public static Launch prepare(CordonConfig config) throws IOException, SQLException {
    Path data = config.data().toAbsolutePath().normalize();
    Files.createDirectories(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    settleIdentity(config, data);
    // The HTTP edge checks addresses itself, to answer the bad ones with a problem body.
    System.setProperty("vertx.disableURIValidation", "true");
    Optional<Database> external = Database.configured(config.db());
    Launch launch =
        new Launch(
            external.isPresent() ? Optional.empty() : Optional.of(EmbeddedDatabase.start(data)));
    try {
      Database database = external.orElseGet(() -> launch.embedded.orElseThrow().database());
      PGSimpleDataSource owner = source(database.url(), database.owner());
      AuditSchema.migrate(owner, database.runtime().user());
      ModelSchema.migrate(owner, database.runtime().user());
      System.setProperty("quarkus.datasource.jdbc.url", database.url());
      System.setProperty("quarkus.datasource.username", database.runtime().user());
      System.setProperty("quarkus.datasource.password", database.runtime().password());
      return launch;
    } catch (RuntimeException e) {
      launch.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (embedded.isPresent()) {
      embedded.get().close();
    }
  }

  /** A plain data source for one login, outside the framework. */
  public static PGSimpleDataSource source(String url, Database.Login login) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(login.user());
    source.setPassword(login.password());
    return source;
  }

  /** True when only this machine can reach the address. */
  public static boolean isLoopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }

  private static void settleIdentity(CordonConfig config, Path data) throws IOException {
    System.setProperty("quarkus.oidc.token.audience", config.identity().audience());
    if (config.identity().issuer().isPresent()) {
      System.setProperty("quarkus.oidc.auth-server-url", config.identity().issuer().get());
      return;
    }
    if (!isLoopback(config.http().bind())) {
      throw new IllegalArgumentException(
          "`cordon.http.bind` is not a loopback address, so the demo identity is refused:"
              + " set `cordon.identity.issuer` to your identity provider");
    }
    DemoIdentity identity = DemoIdentity.openOrCreate(data);
    System.setProperty("quarkus.oidc.public-key", identity.publicKey());
    System.setProperty("quarkus.oidc.token.issuer", DemoIdentity.ISSUER);
  }
}
