package dev.cordon.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.leaf.Leaves;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.audit.verify.LogVerifier;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log over a pooled, JTA-enlisted data source: the kind the host hands in. */
@Tag("R34")
class JtaIT {
  @TempDir static Path objectStore;

  private static AuditDatabase database;
  private static AgroalDataSource source;
  private static TransactionManager transactions;
  private static PostgresAuditLog log;

  @BeforeAll
  static void startPool() throws SQLException {
    for (String store : new String[] {"", ".stateStore", ".communicationStore"}) {
      String bean = store.isEmpty() ? "" : store.substring(1) + ".";
      System.setProperty(
          "com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean." + bean + "objectStoreDir",
          objectStore.toString());
    }
    transactions = com.arjuna.ats.jta.TransactionManager.transactionManager();
    TransactionSynchronizationRegistry registry =
        new com.arjuna.ats.internal.jta.transaction.arjunacore
            .TransactionSynchronizationRegistryImple();
    database = AuditDatabase.migrated();
    AgroalDataSourceConfigurationSupplier configuration =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(2)
                        .transactionIntegration(
                            new NarayanaTransactionIntegration(transactions, registry))
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(database.url())
                                    .principal(new NamePrincipal(AuditDatabase.RUNTIME))));
    source = AgroalDataSource.from(configuration);
    log = new PostgresAuditLog(source, LogUnderTest.signer(1));
  }

  @AfterAll
  static void stopPool() {
    source.close();
  }

  @Test
  void appendsOnlyInsideATransactionAndSharesItsFate() throws Exception {
    assertThrows(IllegalStateException.class, () -> log.append(Leaves.numbered(0)));
    assertEquals(0, log.size());

    transactions.begin();
    Receipt first = log.append(Leaves.numbered(0));
    Receipt second = log.append(Leaves.numbered(1));
    assertThrows(IllegalStateException.class, () -> log.checkpoint());
    transactions.commit();
    assertEquals(0, first.index());
    assertEquals(1, second.index());

    transactions.begin();
    log.append(Leaves.numbered(2));
    transactions.rollback();
    assertEquals(2, log.size());

    // The state that a leaf records is written through the same connection, and goes with it.
    transactions.begin();
    log.append(Leaves.numbered(3));
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThrows(SQLException.class, () -> statement.execute("delete from audit.leaf"));
    }
    assertThrows(Exception.class, () -> log.append(Leaves.numbered(4)));
    transactions.rollback();
    assertEquals(2, log.size());

    assertTrue(log.checkpoint().contains("\n2\n"));
    assertTrue(log.proof(1).isPresent());
    transactions.begin();
    log.append(Leaves.numbered(5));
    transactions.commit();
    transactions.begin();
    assertTrue(log.proof(2).isPresent());
    transactions.commit();
    assertEquals(2, database.count("audit.checkpoint"));
    assertTrue(
        new LogVerifier().verify(new PostgresLogSource(source), log.vkey(), count -> {}).ok());
    assertEquals(3, log.size());
  }

  @Test
  void verifiesOnlyOutsideOfATransaction() throws Exception {
    PostgresLogSource stored = new PostgresLogSource(source);
    transactions.begin();
    assertThrows(IllegalStateException.class, stored::open);
    transactions.rollback();
    stored.open().close();
  }
}
