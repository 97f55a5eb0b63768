package dev.cordon.sandbox.store;

import dev.cordon.sandbox.catalogue.Enablement;
import dev.cordon.sandbox.catalogue.Enablement.Place;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.Kill;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.catalogue.Review;
import dev.cordon.sandbox.catalogue.Usage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The registry over plain JDBC, as the runtime role. The data source must hand out the connection
 * of the caller's transaction; reading works without one. Thread-safe.
 */
public final class PostgresPluginRegistry implements PluginRegistry {
  private static final long INSTALL_LOCK = 0x636f72646f6e06L;

  /** Shared by answers in {@code plugins.is_killed}. */
  private static final long KILL_LOCK = 0x636f72646f6e07L;

  private final Rows rows;

  public PostgresPluginRegistry(DataSource runtime) {
    this.rows = new Rows(runtime);
  }

  @Override
  public long epoch() {
    return rows.select(row -> row.getLong(1), "select value from plugins.epoch").getFirst();
  }

  @Override
  public List<InstalledPackage> all() {
    return rows.select(Rows::installed, Rows.PACKAGE + " order by installed_at desc, digest");
  }

  @Override
  public Optional<InstalledPackage> find(String digest) {
    return rows.select(Rows::installed, Rows.PACKAGE + " where digest = ?", digest).stream()
        .findFirst();
  }

  @Override
  public Optional<byte[]> content(String digest) {
    String sql = "select content from plugins.package where digest = ? and content is not null";
    return rows.select(row -> row.getBytes(1), sql, digest).stream().findFirst();
  }

  @Override
  public void lockInstalling() {
    lock(INSTALL_LOCK);
  }

  @Override
  public boolean add(InstalledPackage entry, byte[] content) {
    rows.change(
        "delete from plugins.review r using plugins.package p"
            + " where r.digest = ? and p.digest = r.digest and p.content is null",
        entry.digest());
    return rows.change(
            "insert into plugins.package as p (digest, id, version, capability, permissions,"
                + " publisher, signer, content, installed_by, installed_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (digest) do update"
                + " set content = excluded.content, installed_by = excluded.installed_by,"
                + " installed_at = excluded.installed_at, trips = 0 where p.content is null",
            entry.digest(),
            entry.id(),
            entry.version(),
            entry.capability(),
            Rows.words(entry.permissions()),
            entry.publisher(),
            entry.signer(),
            content,
            entry.installedBy(),
            entry.installedAt())
        == 1;
  }

  @Override
  public boolean remove(String digest) {
    // In the order of the others, package, enablement, epoch, so that none waits in a circle.
    lockPackage(digest);
    rows.change("update plugins.enablement set previous = null where previous = ?", digest);
    return rows.change(
            "update plugins.package p set content = null where digest = ?"
                + " and content is not null and not exists"
                + " (select from plugins.enablement e where e.digest = p.digest)",
            digest)
        == 1;
  }

  @Override
  public void add(Review review, byte[] report) {
    rows.change(
        "insert into plugins.review (digest, reviewer, reviewed_at, evaluation, report)"
            + " values (?, ?, ?, ?, ?) on conflict (digest, reviewer) do update set"
            + " reviewed_at = excluded.reviewed_at, evaluation = excluded.evaluation,"
            + " report = excluded.report",
        review.digest(),
        review.reviewer(),
        review.at(),
        review.evaluation(),
        report);
  }

  @Override
  public List<Review> reviews() {
    return rows.select(
        row ->
            new Review(row.getString(1), row.getString(2), Rows.instant(row, 3), row.getString(4)),
        "select digest, reviewer, reviewed_at, evaluation from plugins.review"
            + " join plugins.package using (digest) where content is not null"
            + " order by reviewed_at desc, digest");
  }

  @Override
  public List<Enablement> enablements() {
    return rows.select(Rows::enablement, Rows.ENABLEMENT + " order by tenant, purpose, capability");
  }

  @Override
  public Optional<Enablement> enabled(Place place) {
    String where = " where tenant = ? and purpose = ? and capability = ?";
    return rows
        .select(
            Rows::enablement,
            Rows.ENABLEMENT + where,
            place.tenant(),
            place.purpose(),
            place.capability())
        .stream()
        .findFirst();
  }

  @Override
  public boolean enable(Enablement next) {
    lockPackage(next.digest());
    return rows.change(
            "insert into plugins.enablement (tenant, purpose, capability, digest, previous,"
                + " enabled_by, enabled_at) select ?, ?, ?, digest, ?, ?, ? from plugins.package"
                + " where digest = ? and content is not null"
                + " on conflict (tenant, purpose, capability) do nothing",
            next.place().tenant(),
            next.place().purpose(),
            next.place().capability(),
            next.previous().orElse(null),
            next.by(),
            next.at(),
            next.digest())
        == 1;
  }

  @Override
  public boolean replace(Enablement read, Enablement next) {
    lockPackage(next.digest());
    return rows.change(
            "update plugins.enablement set digest = ?, previous = ?, enabled_by = ?,"
                + " enabled_at = ? where tenant = ? and purpose = ? and capability = ?"
                + " and digest = ? and exists (select from plugins.package p"
                + " where p.digest = ? and p.content is not null)",
            next.digest(),
            next.previous().orElse(null),
            next.by(),
            next.at(),
            read.place().tenant(),
            read.place().purpose(),
            read.place().capability(),
            read.digest(),
            next.digest())
        == 1;
  }

  @Override
  public boolean disable(Enablement read) {
    return rows.change(
            "delete from plugins.enablement where tenant = ? and purpose = ? and capability = ?"
                + " and digest = ?",
            read.place().tenant(),
            read.place().purpose(),
            read.place().capability(),
            read.digest())
        == 1;
  }

  @Override
  public boolean kill(Kill kill) {
    lock(KILL_LOCK);
    return rows.change(
            "insert into plugins.kill (name, killed_by, killed_at) values (?, ?, ?)"
                + " on conflict (name) do nothing",
            kill.name(),
            kill.by(),
            kill.at())
        == 1;
  }

  @Override
  public boolean revive(String name) {
    rows.change("update plugins.package set trips = 0 where digest = ? or id = ?", name, name);
    return rows.change("delete from plugins.kill where name = ?", name) == 1;
  }

  @Override
  public List<Kill> kills() {
    return rows.select(
        row -> new Kill(row.getString(1), row.getString(2), Rows.instant(row, 3)),
        "select name, killed_by, killed_at from plugins.kill order by name");
  }

  @Override
  public boolean isKilled(String id, String digest) {
    return rows.ask(row -> row.getBoolean(1), "select plugins.is_killed(?, ?)", id, digest);
  }

  @Override
  public int trip(String digest) {
    return rows.ask(
        row -> row.getInt(1),
        "update plugins.package set trips = trips + 1 where digest = ? returning trips",
        digest);
  }

  @Override
  public void count(List<Usage> usage) {
    // In one order, so that two hosts that count at once do not wait for each other in a circle.
    usage.stream()
        .sorted(Comparator.comparing(Usage::name).thenComparing(Usage::outcome))
        .forEach(
            one ->
                rows.change(
                    "insert into plugins.usage as u (name, outcome, calls, last_at)"
                        + " values (?, ?, ?, ?) on conflict (name, outcome) do update"
                        + " set calls = u.calls + excluded.calls,"
                        + " last_at = greatest(u.last_at, excluded.last_at)",
                    one.name(),
                    one.outcome(),
                    one.calls(),
                    one.last()));
  }

  @Override
  public List<Usage> usage() {
    return rows.select(
        row -> new Usage(row.getString(1), row.getString(2), row.getLong(3), Rows.instant(row, 4)),
        "select name, outcome, calls, last_at from plugins.usage order by name, outcome");
  }

  /** Enabling and removing one package wait for each other. */
  private void lockPackage(String digest) {
    rows.change("update plugins.package set trips = trips where digest = ?", digest);
  }

  private void lock(long key) {
    rows.ask(row -> true, "select pg_advisory_xact_lock(?)", key);
  }
}
