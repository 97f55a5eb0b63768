package dev.cordon.benchmarks;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.cordon.audit.checkpoint.NoteSigner;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.audit.store.AuditSchema;
import dev.cordon.audit.store.PostgresAuditLog;
import dev.cordon.core.wiring.EmbeddedDatabase;
import dev.cordon.core.wiring.Launch;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The host's own embedded Postgres with its durable settings and an empty log; each thread appends
 * over a connection of its own.
 */
final class LogDatabase implements AutoCloseable {
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private final EmbeddedDatabase server;
  private final PGSimpleDataSource runtime;
  private final ThreadLocal<Connection> connections = ThreadLocal.withInitial(this::connect);
  private final PostgresAuditLog log;

  private LogDatabase(EmbeddedDatabase server) {
    this.server = server;
    this.runtime = Launch.source(server.database().url(), server.database().runtime());
    this.log =
        new PostgresAuditLog(ofTransaction(), NoteSigner.fromSeed(new byte[32], "bench.local/log"));
  }

  static LogDatabase start() throws IOException, SQLException {
    Path data = Files.createTempDirectory("cordon-append");
    EmbeddedDatabase server = EmbeddedDatabase.start(data);
    AuditSchema.migrate(
        Launch.source(server.database().url(), server.database().owner()),
        server.database().runtime().user());
    return new LogDatabase(server);
  }

  /** One leaf, durable when this returns. */
  Receipt append() throws SQLException {
    Receipt receipt = log.append(leaf());
    connections.get().commit();
    return receipt;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  static Leaf leaf() {
    return new Leaf(
        IDS.generate(),
        Instant.now(),
        "demo",
        LeafKind.ANALYSIS,
        "permit",
        "",
        List.of("demo-permit"),
        "0".repeat(64),
        "0".repeat(64),
        "image-tagging@0.1.0",
        "edge",
        List.of(),
        List.of(),
        Commitment.of(new byte[64]));
  }

  private Connection connect() {
    try {
      Connection connection = runtime.getConnection();
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The log closes what it is handed; the transaction goes on. */
  private DataSource ofTransaction() {
    return proxy(
        DataSource.class, (method, arguments) -> proxy(Connection.class, this::onOpenConnection));
  }

  private Object onOpenConnection(java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    try {
      return method.invoke(connections.get(), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private interface Call {
    Object on(java.lang.reflect.Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            LogDatabase.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.on(method, arguments)));
  }
}
