package dev.cordon.core.costs.store;

import dev.cordon.core.store.HostSchema;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Brings the schema {@code costs} to the current version and gives the runtime role its rights. */
public final class CostSchema {
  private static final HostSchema SCHEMA =
      new HostSchema(
          "costs",
          0x636f72646f6e05L,
          List.of(
              "select, insert, update on costs.account, costs.line",
              "select, insert on costs.settled"));

  private CostSchema() {}

  /** Migrates as the owner; the runtime role may read, add and change rows, not remove them. */
  public static void migrate(DataSource owner, String runtimeRole) throws SQLException {
    SCHEMA.migrate(owner, runtimeRole);
  }
}
