package dev.cordon.models.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.manifest.ModelManifest.Task;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.PackageState;
import dev.cordon.models.registry.Registered;
import dev.cordon.models.registry.RegistryUnavailableException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("R50")
class PostgresModelRegistryIT {
  private static final Instant THEN = Instant.parse("2026-11-24T10:00:00.123Z");
  private static final String ALICE = "a".repeat(64);
  private static final String BOB = "b".repeat(64);
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    run(
        source("postgres"),
        "create role owner login; create role serves login;"
            + " grant create on database postgres to owner");
    ModelSchema.migrate(source("owner"), "serves");
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void empty() {
    run(source("postgres"), "set session_replication_role = replica; delete from models.package");
  }

  @Test
  void keepsWhatWasAdded() {
    Registered staged = staged('1', ALICE);

    assertTrue(committed(registry -> registry.add(staged)));

    assertEquals(Optional.of(staged), reading().find(staged.digest()));
    assertEquals(List.of(staged), reading().all());
    assertFalse(committed(registry -> registry.add(staged)), "it is there already");
  }

  @Test
  void movesThroughItsStates() {
    Registered staged = staged('1', ALICE);
    Registered active = staged.moved(PackageState.ACTIVE, BOB, THEN.plusSeconds(1));
    Registered retired = active.moved(PackageState.RETIRED, ALICE, THEN.plusSeconds(2));
    committed(registry -> registry.add(staged));

    assertTrue(committed(registry -> registry.replace(staged, active)));
    assertEquals(Optional.of(active), reading().find(staged.digest()));
    assertTrue(committed(registry -> registry.replace(active, retired)));
    assertEquals(Optional.of(retired), reading().find(staged.digest()));
  }

  @Test
  void aChangeThatLostARaceChangesNothing() {
    Registered staged = staged('1', ALICE);
    Registered active = staged.moved(PackageState.ACTIVE, BOB, THEN);
    committed(registry -> registry.add(staged));
    committed(registry -> registry.replace(staged, active));

    assertFalse(
        committed(
            registry -> registry.replace(staged, staged.moved(PackageState.RETIRED, BOB, THEN))));
    assertEquals(Optional.of(active), reading().find(staged.digest()));
  }

  @Test
  void theDatabaseItselfRefusesThatOnePersonDoesBoth() {
    Registered staged = staged('1', ALICE);
    committed(registry -> registry.add(staged));

    assertThrows(
        RegistryUnavailableException.class,
        () ->
            committed(
                registry ->
                    registry.replace(staged, staged.moved(PackageState.ACTIVE, ALICE, THEN))));
  }

  @Test
  void onePackageAtMostIsActiveForEachTask() {
    Registered one = staged('1', ALICE);
    Registered other = staged('2', ALICE);
    Registered segmenter = staged('3', ALICE, Task.PROMPTABLE_SEGMENTATION);
    Registered proposer = staged('4', ALICE, Task.REGION_PROPOSAL);
    for (Registered entry : List.of(one, other, segmenter, proposer)) {
      committed(registry -> registry.add(entry));
    }
    assertTrue(activate(one));
    assertFalse(activate(other), "one answers already");
    assertTrue(activate(segmenter), "a segmenter stands beside it");
    assertTrue(activate(proposer), "and so does a proposal model");

    assertEquals(one.digest(), reading().active().orElseThrow().digest());
    assertEquals(
        segmenter.digest(), reading().active(Task.PROMPTABLE_SEGMENTATION).orElseThrow().digest());
  }

  private static boolean activate(Registered staged) {
    return committed(
        registry -> registry.replace(staged, staged.moved(PackageState.ACTIVE, BOB, THEN)));
  }

  @Test
  void aChangeWithoutATransactionIsRefused() {
    assertThrows(IllegalStateException.class, () -> reading().add(staged('1', ALICE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from models.package",
        "truncate models.package",
        "drop table models.package",
        "create table models.other (a int)",
        "alter table models.package disable trigger all"
      })
  void theRuntimeRoleRemovesNothing(String sql) {
    assertThrows(IllegalStateException.class, () -> run(source("serves"), sql));
  }

  @Test
  void migratingAgainChangesNothing() {
    committed(registry -> registry.add(staged('1', ALICE)));

    ModelSchema.migrate(source("owner"), "serves");

    assertEquals(1, reading().all().size());
  }

  private static Registered staged(char digit, String by) {
    return staged(digit, by, Task.IMAGE_TEXT_SIMILARITY);
  }

  private static Registered staged(char digit, String by, Task task) {
    String digest = String.valueOf(digit).repeat(64);
    return new Registered(
        digest,
        "f".repeat(64),
        "an-id",
        "1",
        "a title",
        "clip",
        task,
        "MIT",
        "e".repeat(64),
        PackageState.STAGED,
        by,
        THEN,
        Optional.empty());
  }

  private static ModelRegistry reading() {
    return new PostgresModelRegistry(source("serves"));
  }

  /** Works in one transaction that is committed, or rolled back when it fails. */
  private static boolean committed(Predicate<ModelRegistry> work) {
    try (Connection connection = source("serves").getConnection()) {
      connection.setAutoCommit(false);
      boolean result = work.test(new PostgresModelRegistry(handing(connection)));
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hands out one connection whose closing is left to its owner, as a transaction's pool does. */
  private static DataSource handing(Connection connection) {
    ClassLoader loader = PostgresModelRegistryIT.class.getClassLoader();
    Object open =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return (DataSource)
        Proxy.newProxyInstance(
            loader, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> open);
  }

  private static void run(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataSource source(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {postgres.getPort()});
    source.setDatabaseName("postgres");
    source.setUser(user);
    return source;
  }
}
