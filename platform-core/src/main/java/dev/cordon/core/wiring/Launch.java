package dev.cordon.core.wiring;

import dev.cordon.audit.store.AuditSchema;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.costs.store.CostSchema;
import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.core.jobs.store.JobSchema;
import dev.cordon.gallery.store.GallerySchema;
import dev.cordon.models.store.ModelSchema;
import dev.cordon.sandbox.store.PluginSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What must stand before the framework starts: data folder, migrated database, identity. Settles
 * the framework's own keys as system properties, which nothing overrides; closing it stops the
 * database it started.
 */
public final class Launch implements AutoCloseable {
  private final CordonConfig config;
  private final Path data;
  private Optional<EmbeddedDatabase> embedded = Optional.empty();
  private boolean closed;

  public Launch(CordonConfig config) {
    this.config = config;
    this.data = config.data().toAbsolutePath().normalize();
  }

  /** Prepares everything, or says what is missing; close it either way. */
  public void prepare() throws IOException, SQLException {
    DataFolder.create(data);
    settleIdentity();
    Database database = database();
    settleHttp();
    PGSimpleDataSource owner = source(database.url(), database.owner());
    AuditSchema.migrate(owner, database.runtime().user());
    ModelSchema.migrate(owner, database.runtime().user());
    GallerySchema.migrate(owner, database.runtime().user());
    JobSchema.migrate(owner, database.runtime().user());
    CostSchema.migrate(owner, database.runtime().user());
    PluginSchema.migrate(owner, database.runtime().user());
    AuditSchema.checkRuntime(source(database.url(), database.runtime()), database.runtime().user());
    System.setProperty("quarkus.datasource.jdbc.url", database.url());
    System.setProperty("quarkus.datasource.username", database.runtime().user());
    System.setProperty("quarkus.datasource.password", database.runtime().password());
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    RunFile.delete(data);
    if (embedded.isPresent()) {
      embedded.get().close();
      embedded = Optional.empty();
    }
  }

  private synchronized Database database() throws IOException, SQLException {
    Optional<Database> external = Database.configured(config.db());
    if (external.isPresent()) {
      return external.get();
    }
    if (closed) {
      throw new IOException("stopped while starting");
    }
    // INVARIANT: synchronized with close, so that a signal during the start stops what was started.
    embedded = Optional.of(EmbeddedDatabase.start(data));
    return embedded.get().database();
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

  private void settleHttp() {
    System.setProperty("quarkus.http.host", config.http().bind());
    System.setProperty("quarkus.http.port", Integer.toString(config.http().port()));
    // The HTTP edge checks addresses itself, to answer the bad ones with a problem body.
    System.setProperty("vertx.disableURIValidation", "true");
  }

  private void settleIdentity() throws IOException {
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
