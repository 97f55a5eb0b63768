package dev.cordon.audit.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.audit.leaf.AuditUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("R37")
class AuditSchemaIT {
  private static final String DENIED = "42501";

  private static AuditDatabase database;

  @BeforeAll
  static void aLogWithContent() throws Exception {
    LogUnderTest log = LogUnderTest.withLeaves(3);
    log.log().checkpoint();
    database = log.database();
    AuditDatabase.run(
        database.runtime(),
        "insert into audit.consent values ('00000000-0000-7000-8000-000000000001', 'demo',"
            + " repeat('a', 64), 'p', null, null, 'regular', 'n', 'en', now(), null);"
            + "insert into audit.consent_withdrawal values"
            + " ('00000000-0000-7000-8000-000000000001', now(),"
            + " '00000000-0000-7000-8000-000000000001')");
  }

  static Stream<String> appendOnlyTables() {
    return Stream.of("leaf", "node", "checkpoint", "consent", "consent_withdrawal");
  }

  static Stream<String> changes() {
    return Stream.of(
        "update audit.leaf set tenant = 'x'",
        "update audit.node set index = index",
        "update audit.checkpoint set note = 'x'",
        "update audit.consent set purpose = 'x'",
        "update audit.consent_withdrawal set withdrawn_at = now()",
        "update audit.commitment_key set key = key",
        "delete from audit.leaf",
        "delete from audit.node",
        "delete from audit.checkpoint",
        "delete from audit.consent",
        "delete from audit.consent_withdrawal",
        "delete from audit.head",
        "insert into audit.head (one, size, frontier) values (true, 0, '')",
        "truncate audit.leaf cascade",
        "truncate audit.node",
        "truncate audit.checkpoint",
        "truncate audit.head",
        "truncate audit.commitment_key",
        "truncate audit.consent cascade",
        "drop table audit.leaf cascade",
        "alter table audit.leaf disable trigger all",
        "create table audit.mine (x int)",
        "create table mine (x int)",
        "select * from audit.flyway_schema_history",
        "set session_replication_role = replica",
        "set role cordon_owner");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void theRuntimeRoleCannotChangeWhatIsWritten(String sql) throws SQLException {
    assertEquals(AuditDatabase.RUNTIME, currentUser(database.runtime()));
    assertEquals(DENIED, sqlState(database.runtime(), sql));
  }

  @ParameterizedTest
  @MethodSource("appendOnlyTables")
  void evenTheOwnerMeetsATriggerOnEveryAppendOnlyTable(String table) throws SQLException {
    assertEquals(AuditDatabase.OWNER, currentUser(database.owner()));
    String name = "audit." + table;
    String column = firstColumn(table);
    assertEquals(
        DENIED, sqlState(database.owner(), "update " + name + " set " + column + "=" + column));
    assertEquals(DENIED, sqlState(database.owner(), "delete from " + name));
    assertEquals(DENIED, sqlState(database.owner(), "truncate " + name + " cascade"));
  }

  @Test
  void theHeadOnlyGrowsByOne() {
    assertEquals(DENIED, sqlState(database.runtime(), "update audit.head set size = 2"));
    assertEquals(DENIED, sqlState(database.runtime(), "update audit.head set size = 3"));
    assertEquals(DENIED, sqlState(database.runtime(), "update audit.head set size = 5"));
  }

  @Test
  void theRuntimeRoleHoldsExactlyTheseRights() throws SQLException {
    Map<String, TreeSet<String>> rights = new TreeMap<>();
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select table_name, lower(privilege_type) from"
                    + " information_schema.role_table_grants where table_schema = 'audit'"
                    + " and grantee in ('cordon_runtime', 'PUBLIC')")) {
      while (row.next()) {
        rights.computeIfAbsent(row.getString(1), table -> new TreeSet<>()).add(row.getString(2));
      }
    }
    assertEquals(
        "{checkpoint=[insert, select], commitment_key=[delete, insert, select],"
            + " consent=[insert, select], consent_withdrawal=[insert, select],"
            + " head=[select, update], leaf=[insert, select], node=[insert, select]}",
        rights.toString());
  }

  @Test
  void migratingAgainChangesNothing() {
    long leaves = database.count("audit.leaf");
    assertDoesNotThrow(() -> AuditSchema.migrate(database.owner(), AuditDatabase.RUNTIME));
    assertEquals(leaves, database.count("audit.leaf"));
    assertEquals(1, database.count("audit.head"));
  }

  @Test
  void refusesARuntimeRoleThatNoGrantBinds() {
    AuditDatabase fresh = AuditDatabase.empty();
    for (String role : List.of(AuditDatabase.OWNER, "postgres", "nobody_here")) {
      assertThrows(
          IllegalStateException.class, () -> AuditSchema.migrate(fresh.owner(), role), role);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> AuditSchema.migrate(fresh.owner(), "x\"; drop schema audit"));
  }

  @Test
  void saysWhatTheDatabaseRefused() {
    AuditDatabase fresh = AuditDatabase.empty();
    assertTrue(
        migration(fresh.as("nobody_here"))
            .startsWith("the runtime role cannot be looked up: SQLState 28000, FATAL: role"));
    PGSimpleDataSource silent = new PGSimpleDataSource();
    silent.setPortNumbers(new int[] {1});
    silent.setPassword("hidden-word");
    assertTrue(
        migration(silent).startsWith("the runtime role cannot be looked up: SQLState 08001, "));
    assertFalse(migration(silent).contains("hidden-word"));
    AuditDatabase.run(fresh.superuser(), "create role cordon_guest login");
    assertTrue(
        migration(fresh.as("cordon_guest"))
            .startsWith("the audit schema cannot be migrated: SQLState 42501, ERROR: permission"));
  }

  private static String migration(DataSource owner) {
    return assertThrows(
            AuditUnavailableException.class,
            () -> AuditSchema.migrate(owner, AuditDatabase.RUNTIME))
        .getMessage();
  }

  @Test
  void refusesARuntimeConnectionThatTheGrantsDoNotBind() {
    AuditSchema.checkRuntime(database.runtime(), AuditDatabase.RUNTIME);
    assertEquals(
        "the host works as `cordon_owner` and not as the runtime role `cordon_runtime`",
        refusal(database.owner(), AuditDatabase.RUNTIME));
    PGSimpleDataSource disguised = database.as("postgres");
    disguised.setOptions("-c role=cordon_runtime");
    assertEquals(
        "the host works as `postgres` and not as the runtime role `cordon_runtime`",
        refusal(disguised, AuditDatabase.RUNTIME));
    assertEquals(
        "the runtime role `postgres` is a superuser, which no grant binds",
        refusal(database.superuser(), "postgres"));
    assertEquals(
        "the runtime role `cordon_owner` is a member of `cordon_owner`, which may change the"
            + " audit log",
        refusal(database.owner(), AuditDatabase.OWNER));
    AuditDatabase.run(
        database.superuser(),
        "create role cordon_deputy noinherit login; grant cordon_owner to cordon_deputy");
    assertEquals(
        "the runtime role `cordon_deputy` is a member of `cordon_owner`, which may change the"
            + " audit log",
        refusal(database.as("cordon_deputy"), "cordon_deputy"));
    assertEquals(
        "the audit schema does not exist in this database",
        refusal(AuditDatabase.empty().runtime(), AuditDatabase.RUNTIME));
  }

  private static String refusal(DataSource runtime, String role) {
    return assertThrows(IllegalStateException.class, () -> AuditSchema.checkRuntime(runtime, role))
        .getMessage();
  }

  private static String sqlState(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "done";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static String firstColumn(String table) throws SQLException {
    return text(
        database.superuser(),
        "select column_name from information_schema.columns where table_schema = 'audit'"
            + " and ordinal_position = 1 and table_name = '"
            + table
            + "'");
  }

  private static String currentUser(DataSource source) throws SQLException {
    return text(source, "select current_user");
  }

  private static String text(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
