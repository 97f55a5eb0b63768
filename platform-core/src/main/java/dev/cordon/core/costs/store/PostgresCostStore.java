package dev.cordon.core.costs.store;

import dev.cordon.core.costs.Account;
import dev.cordon.core.costs.Charge;
import dev.cordon.core.costs.CostStore;
import dev.cordon.core.costs.Limit;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Costs over plain JDBC, as the runtime role. Thread-safe. */
public final class PostgresCostStore implements CostStore {
  /** One statement, so that a charge costs its transaction one round trip. */
  private static final String CHARGE =
      """
      with given as (
        select ?::date as month, ?::text as tenant, ?::numeric as amount, ?::numeric as most
      ), added as (
        insert into costs.account as a (month, tenant, spent)
        select month, tenant, amount from given where most is null or amount <= most
        on conflict (month, tenant) do update set spent = a.spent + excluded.spent
          where (select most is null or a.spent + excluded.spent <= most
                   and (a.hard_told is null or a.hard_told < most) from given)
        returning a.spent, a.soft_told, a.hard_told
      ), lines as (
        insert into costs.line as l
          (month, tenant, plugin, model, target, requests, bytes, nanos, amount)
        select g.month, g.tenant, ?, ?, ?, ?, ?, ?, g.amount from given g, added
        on conflict (month, tenant, plugin, model, target) do update
          set requests = l.requests + excluded.requests, bytes = l.bytes + excluded.bytes,
              nanos = l.nanos + excluded.nanos, amount = l.amount + excluded.amount
      )
      select spent, soft_told, hard_told from added
      """;

  private final DataSource runtime;

  public PostgresCostStore(DataSource runtime) {
    this.runtime = runtime;
  }

  @Override
  public Optional<Account> charge(Charge charge, Optional<BigDecimal> most) {
    Charge.Line line = charge.line();
    return rows(
            CHARGE,
            PostgresCostStore::account,
            first(line.month()),
            line.tenant(),
            charge.amount(),
            most.orElse(null),
            line.plugin(),
            line.model(),
            line.target(),
            charge.requests(),
            charge.bytes(),
            charge.nanos())
        .stream()
        .findFirst();
  }

  @Override
  public void lock(YearMonth month, String tenant) {
    rows(
        """
        insert into costs.account as a (month, tenant, spent) values (?, ?, 0)
        on conflict (month, tenant) do update set spent = a.spent returning 1
        """,
        row -> 1,
        first(month),
        tenant);
  }

  @Override
  public boolean settle(UUID owed) {
    return !rows(
            "insert into costs.settled (id) values (?) on conflict do nothing returning 1",
            row -> 1,
            owed)
        .isEmpty();
  }

  @Override
  public boolean tell(YearMonth month, String tenant, Limit limit, BigDecimal amount) {
    String told = column(limit);
    return !rows(
            """
            insert into costs.account as a (month, tenant, spent, %1$s) values (?, ?, 0, ?)
            on conflict (month, tenant) do update set %1$s = excluded.%1$s
              where a.%1$s is null or a.%1$s < excluded.%1$s
            returning 1
            """
                .formatted(told),
            row -> 1,
            first(month),
            tenant,
            amount)
        .isEmpty();
  }

  @Override
  public Map<String, Account> accounts(YearMonth month) {
    Map<String, Account> accounts = new HashMap<>();
    rows(
        "select spent, soft_told, hard_told, tenant from costs.account where month = ?",
        row -> accounts.put(row.getString("tenant"), account(row)),
        first(month));
    return accounts;
  }

  @Override
  public List<Charge> lines(YearMonth month, String tenant) {
    return rows(
        """
        select plugin, model, target, requests, bytes, nanos, amount from costs.line
        where month = ? and tenant = ? order by plugin, model, target
        """,
        row ->
            new Charge(
                new Charge.Line(
                    month,
                    tenant,
                    row.getString("plugin"),
                    row.getString("model"),
                    row.getString("target")),
                row.getLong("requests"),
                row.getLong("bytes"),
                row.getLong("nanos"),
                row.getBigDecimal("amount")),
        first(month),
        tenant);
  }

  private static String column(Limit limit) {
    return switch (limit) {
      case SOFT -> "soft_told";
      case HARD -> "hard_told";
    };
  }

  private static LocalDate first(YearMonth month) {
    return month.atDay(1);
  }

  private static Account account(ResultSet row) throws SQLException {
    Map<Limit, BigDecimal> told = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      BigDecimal amount = row.getBigDecimal(column(limit));
      if (amount != null) {
        told.put(limit, amount);
      }
    }
    return new Account(row.getBigDecimal("spent"), told);
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(String sql, Reader<T> reader, Object... parameters) {
    try (Connection connection = runtime.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      if (connection.getAutoCommit()) {
        throw new IllegalStateException("costs are read and changed in a transaction");
      }
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(reader.read(row));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the costs cannot be reached", e);
    }
  }
}
