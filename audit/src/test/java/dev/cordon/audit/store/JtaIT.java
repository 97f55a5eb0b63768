package dev.cordon.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.leaf.AuditUnavailableException;
import dev.cordon.audit.leaf.Leaves;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.audit.verify.LogVerifier;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log over a pooled, JTA-enlisted data source: the kind the host hands in. */
@Tag("R34")
class JtaIT {
  private AuditDatabase database;
  private AgroalDataSource source;
  private TransactionManager transactions;
  private PostgresAuditLog log;

  @BeforeAll
  static void keepTransactionRecordsApart() {
    String beans = "com.arjuna.ats.arjuna.common.";
    for (String store : new String[] {"", "stateStore.", "communicationStore."}) {
      System.setProperty(
          beans + "ObjectStoreEnvironmentBean." + store + "objectStoreDir",
          "target/transaction-records");
    }
    // Serves other processes only, and keeps this one from ending.
    System.setProperty(
        beans + "CoordinatorEnvironmentBean.transactionStatusManagerEnable", "false");
  }

  @BeforeEach
  void startPool() throws SQLException {
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

  @AfterEach
  void stopPool() {
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
  void theLeafAndTheStateItRecordsCommitOrVanishTogether() throws Exception {
    String state = "insert into audit.checkpoint values (7, sha256('x'), 'state')";
    transactions.begin();
    log.append(Leaves.numbered(0));
    execute(state);
    transactions.rollback();
    assertEquals(0, log.size());
    assertEquals(0, database.count("audit.checkpoint"));

    transactions.begin();
    log.append(Leaves.numbered(0));
    assertThrows(SQLException.class, () -> execute("delete from audit.leaf"));
    assertThrows(AuditUnavailableException.class, () -> log.append(Leaves.numbered(1)));
    transactions.rollback();
    assertEquals(0, log.size());

    transactions.begin();
    execute(state);
    log.append(Leaves.numbered(0));
    transactions.commit();
    assertEquals(1, log.size());
    assertEquals(1, database.count("audit.checkpoint"));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
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
