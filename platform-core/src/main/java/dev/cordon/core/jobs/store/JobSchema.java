package dev.cordon.core.jobs.store;

import dev.cordon.core.store.HostSchema;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Brings the schema {@code jobs} to the current version and gives the runtime role its rights. */
public final class JobSchema {
  private static final HostSchema SCHEMA =
      new HostSchema(
          "jobs",
          0x636f72646f6e04L,
          List.of("select, insert, update, delete on jobs.job, jobs.item, jobs.image"));

  private JobSchema() {}

  /** Migrates as the owner; the runtime role may read, add, change and remove rows. */
  public static void migrate(DataSource owner, String runtimeRole) throws SQLException {
    SCHEMA.migrate(owner, runtimeRole);
  }
}
