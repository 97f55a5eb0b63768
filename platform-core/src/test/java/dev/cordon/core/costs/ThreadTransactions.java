package dev.cordon.core.costs;

import dev.cordon.audit.leaf.AuditLog;
import dev.cordon.core.record.AuditWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Transactions of one thread over plain connections, as the host's transaction manager has them.
 */
final class ThreadTransactions {
  private final DataSource source;
  private final ThreadLocal<Connection> current = new ThreadLocal<>();

  ThreadTransactions(DataSource source) {
    this.source = source;
  }

  /** Gives the connection of the thread's transaction, which its users do not close. */
  DataSource joined() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, _, _) -> unclosed(current.get()));
  }

  private static Connection unclosed(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            ThreadTransactions.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Commits through a log that takes part in the transaction. */
  AuditWriter writer(Function<DataSource, AuditLog> log) {
    return new AuditWriter(log.apply(joined())) {
      @Override
      public <T> T commit(Supplier<T> work) {
        try (Connection connection = source.getConnection()) {
          connection.setAutoCommit(false);
          current.set(connection);
          try {
            T done = work.get();
            connection.commit();
            return done;
          } catch (RuntimeException e) {
            connection.rollback();
            throw e;
          } finally {
            current.remove();
          }
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
