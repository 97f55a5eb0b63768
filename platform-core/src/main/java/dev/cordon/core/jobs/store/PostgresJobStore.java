package dev.cordon.core.jobs.store;

import dev.cordon.core.identity.Caller;
import dev.cordon.core.jobs.Counts;
import dev.cordon.core.jobs.ItemState;
import dev.cordon.core.jobs.Job;
import dev.cordon.core.jobs.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Jobs over plain JDBC, as the runtime role. Who runs an item holds the lock on its image's row:
 * the end of the process that runs it, whatever the end, gives the item back. Thread-safe.
 */
public final class PostgresJobStore implements JobStore {
  private static final String JOB =
      "j.id, j.tenant, j.roles, j.stage, j.sealed_key, j.sealed_request, j.created_at";

  /** Answers of one page, so that a page fits into memory whatever is asked for. */
  private static final long PAGE_BYTES = 8_000_000;

  /**
   * For the commit of an attempt and of a removed image: should the server lose them, an item has
   * an attempt more, or the sweep removes the image.
   */
  private static final String LAZILY = "set local synchronous_commit = off";

  private final JobTables tables;

  public PostgresJobStore(DataSource runtime) {
    this.tables = new JobTables(runtime);
  }

  @Override
  public void add(Job job) {
    tables.change(
        "insert into jobs.job (id, tenant, roles, stage, sealed_key, sealed_request, created_at)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        job.id(),
        job.caller().tenant(),
        job.caller().roles(),
        job.stage().word(),
        job.sealedKey(),
        job.sealedRequest(),
        job.created().atOffset(ZoneOffset.UTC));
  }

  @Override
  public Optional<Job> find(String tenant, UUID id) {
    return tables
        .rows(
            "select " + JOB + " from jobs.job j where tenant = ? and id = ? and stage <> 'erased'",
            PostgresJobStore::job,
            tenant,
            id)
        .stream()
        .findFirst();
  }

  @Override
  public List<Job> all(String tenant) {
    return tables.rows(
        "select "
            + JOB
            + " from jobs.job j where tenant = ? and stage <> 'erased'"
            + " order by created_at desc, id",
        PostgresJobStore::job,
        tenant);
  }

  @Override
  public Counts counts(UUID job) {
    return Counts.of(
        tables
            .rows(
                "select state, count(*) from jobs.item where job = ? group by state",
                row -> new SimpleEntry<>(ItemState.of(row.getString(1)), row.getInt(2)),
                job)
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public boolean holdOpen(UUID job) {
    String sql = "select 1 from jobs.job where id = ? and stage = 'open' for share";
    return !tables.rows(sql, row -> 1, job).isEmpty();
  }

  @Override
  public Waiting waiting(UUID job) {
    return tables
        .rows(
            "select count(*) filter (where job = ?), coalesce(sum(bytes), 0) from jobs.item"
                + " where state = 'waiting'",
            row -> new Waiting(row.getInt(1), row.getLong(2)),
            job)
        .getFirst();
  }

  @Override
  public Optional<Known> known(UUID job, String item) {
    String sql = "select state, mark from jobs.item where job = ? and name = ?";
    return tables
        .rows(sql, row -> new Known(ItemState.of(row.getString(1)), row.getBytes(2)), job, item)
        .stream()
        .findFirst();
  }

  @Override
  public boolean put(UUID job, Incoming item) {
    int added =
        tables.change(
            "insert into jobs.item (job, name, state, mark, bytes) values (?, ?, 'waiting', ?, ?)"
                + " on conflict (job, name) do nothing",
            job,
            item.name(),
            item.mark(),
            item.bytes());
    if (added == 1) {
      tables.change(
          "insert into jobs.image (job, item, sealed) values (?, ?, ?)",
          job,
          item.name(),
          item.sealedImage());
    }
    return added == 1;
  }

  @Override
  public void close(UUID job) {
    tables.change("update jobs.job set stage = 'closed' where id = ? and stage = 'open'", job);
  }

  @Override
  public void cancel(UUID job) {
    int cancelled =
        tables.change(
            "update jobs.job set stage = 'cancelled' where id = ? and (stage = 'open' or"
                + " stage = 'closed' and exists (select from jobs.item where job = ?"
                + " and state = 'waiting'))",
            job,
            job);
    if (cancelled == 1) {
      tables.change(
          "update jobs.item set state = 'cancelled' where job = ? and state = 'waiting'", job);
    }
  }

  @Override
  public void erase(UUID job) {
    tables.change("update jobs.job set stage = 'erased', sealed_key = null where id = ?", job);
  }

  @Override
  public void eraseBefore(Instant time) {
    tables.change(
        "update jobs.job set stage = 'erased', sealed_key = null"
            + " where created_at < ? and stage <> 'erased'",
        time.atOffset(ZoneOffset.UTC));
  }

  @Override
  public void sweep() {
    tables.change(
        "delete from jobs.image where (job, item) in (select i.job, i.item from jobs.image i"
            + " join jobs.item n on n.job = i.job and n.name = i.item"
            + " join jobs.job j on j.id = i.job"
            + " where n.state <> 'waiting' or j.stage = 'erased' for update of i skip locked)");
    tables.change(
        "delete from jobs.item n using jobs.job j where j.id = n.job and j.stage = 'erased'"
            + " and not exists (select from jobs.image i where i.job = n.job)");
    tables.change(
        "delete from jobs.job j where stage = 'erased'"
            + " and not exists (select from jobs.item n where n.job = j.id)");
  }

  @Override
  public Optional<Claim> claim() {
    tables.change(LAZILY);
    // The session whose transaction ends, or whose process is killed, lets go of the row.
    return tables
        .rows(
            "select "
                + JOB
                + ", n.name, n.attempts, i.sealed from jobs.item n"
                + " join jobs.image i on i.job = n.job and i.item = n.name"
                + " join jobs.job j on j.id = n.job"
                + " where n.state = 'waiting' and j.stage in ('open', 'closed')"
                + " order by n.attempts, n.seq limit 1 for update of i skip locked",
            row -> new Claim(job(row), row.getString(8), row.getInt(9), row.getBytes(10)))
        .stream()
        .findFirst();
  }

  @Override
  public boolean countAttempt(UUID job, String item, int by) {
    tables.change(LAZILY);
    return tables.change(
            "update jobs.item set attempts = attempts + ? where job = ? and name = ?"
                + " and state = 'waiting'",
            by,
            job,
            item)
        == 1;
  }

  @Override
  public boolean end(UUID job, Ended ended) {
    return tables.change(
            "update jobs.item set state = ?, leaf = ?, sealed_answer = ? where job = ?"
                + " and name = ? and state = 'waiting'",
            ended.state().word(),
            ended.leaf(),
            ended.sealedAnswer(),
            job,
            ended.item())
        == 1;
  }

  @Override
  public void dropImage(UUID job, String item) {
    tables.change("delete from jobs.image where job = ? and item = ?", job, item);
  }

  @Override
  public List<Ended> ended(UUID job, long afterLeaf, int limit) {
    return tables.rows(
        "select name, state, leaf, sealed_answer from (select name, state, leaf, sealed_answer,"
            + " sum(octet_length(sealed_answer)) over (order by leaf) - octet_length(sealed_answer)"
            + " as before from (select * from jobs.item where job = ? and leaf > ? order by leaf"
            + " limit ?) page) sized where before <= ? order by leaf",
        row ->
            new Ended(
                row.getString(1), ItemState.of(row.getString(2)), row.getLong(3), row.getBytes(4)),
        job,
        afterLeaf,
        limit,
        PAGE_BYTES);
  }

  @Override
  public List<UUID> stopped(List<UUID> jobs) {
    return tables.rows(
        "select id from unnest(?) id where not exists (select from jobs.job j where j.id = id.id"
            + " and j.stage in ('open', 'closed'))",
        row -> row.getObject(1, UUID.class),
        jobs);
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        row.getObject(1, UUID.class),
        new Caller(row.getString(2), Set.of((String[]) row.getArray(3).getArray())),
        Job.Stage.of(row.getString(4)),
        row.getBytes(5),
        row.getBytes(6),
        row.getObject(7, OffsetDateTime.class).toInstant());
  }
}
