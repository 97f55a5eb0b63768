package dev.cordon.audit.store;

import dev.cordon.audit.leaf.AuditUnavailableException;
import dev.cordon.audit.leaf.Entry;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.tree.CompactRange;
import dev.cordon.audit.tree.Node;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The statements of the log, on one connection. */
final class LogTables {
  private final Connection connection;

  LogTables(Connection connection) {
    this.connection = connection;
  }

  /** Something done with the tables. */
  interface Work<T> {
    T with(LogTables tables) throws SQLException;
  }

  /** A stored checkpoint. */
  record Signed(long size, byte[] root, String note) {}

  /** The committed tree, whether it is still this transaction's own, and the latest checkpoint. */
  record State(CompactRange tree, boolean uncommitted, Optional<Signed> latest) {}

  /** Until the transaction ends, in whole milliseconds and not less than is asked for. */
  void limit(Duration most) throws SQLException {
    String sql = "select set_config('statement_timeout', ?, true)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, Long.toString(Math.max(1, most.plusNanos(999_999).toMillis())));
      statement.execute();
    }
  }

  boolean holds(UUID leaf) throws SQLException {
    String sql = "select 1 from audit.leaf where id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, leaf);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Locks the head row until the transaction ends, so that appends form one line. */
  CompactRange lockHead() throws SQLException {
    String sql = "select size, frontier from audit.head for update";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return tree(row);
    }
  }

  /** One statement, hence one snapshot: a checkpoint in it never covers more than its head. */
  State state() throws SQLException {
    String sql =
        "select h.size, h.frontier, h.writer = pg_current_xact_id_if_assigned(),"
            + " c.size, c.root, c.note from audit.head h left join lateral"
            + " (select * from audit.checkpoint order by size desc limit 1) c on true";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      CompactRange tree = tree(row);
      String note = row.getString(6);
      Optional<Signed> latest =
          note == null
              ? Optional.empty()
              : Optional.of(new Signed(row.getLong(4), row.getBytes(5), note));
      return new State(tree, row.getBoolean(3), latest);
    }
  }

  /**
   * Stores the leaf, its key and the subtrees that it completes, and moves the head: one statement,
   * because the head is locked for as long as its round trips take.
   */
  void append(CompactRange tree, Leaf leaf, byte[] entry, byte[] hash) throws SQLException {
    String sql =
        "with leaf as (insert into audit.leaf (index, id, tenant, time, entry, leaf_hash)"
            + " values (?, ?, ?, ?, ?, ?) returning id),"
            + " key as (insert into audit.commitment_key (leaf_id, key) select id, ? from leaf),"
            + " node as (insert into audit.node (level, index, hash)"
            + " select * from unnest(?::int[], ?::bigint[], ?::bytea[]))"
            + " update audit.head set size = ?, frontier = ?";
    long index = tree.size();
    Map<Node, byte[]> completed = new LinkedHashMap<>();
    tree.append(hash, completed::put);
    completed.keySet().removeIf(node -> node.level() == 0);
    List<Node> nodes = List.copyOf(completed.keySet());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, index);
      statement.setObject(2, leaf.id());
      statement.setString(3, leaf.tenant());
      statement.setObject(4, leaf.time().atOffset(ZoneOffset.UTC));
      statement.setBytes(5, entry);
      statement.setBytes(6, hash);
      statement.setBytes(7, leaf.commitment().key());
      statement.setArray(8, levels(nodes));
      statement.setArray(9, bigints(nodes));
      statement.setArray(
          10, connection.createArrayOf("bytea", completed.values().toArray(byte[][]::new)));
      statement.setLong(11, tree.size());
      statement.setBytes(12, tree.frontier());
      statement.executeUpdate();
    }
  }

  /** Stores a checkpoint, or finds that a concurrent signer stored the same one. */
  void store(Signed signed) {
    String insert =
        "insert into audit.checkpoint (size, root, note) values (?, ?, ?)"
            + " on conflict (size) do nothing";
    String note = "select note from audit.checkpoint where size = ?";
    try (PreparedStatement statement = connection.prepareStatement(insert);
        PreparedStatement stored = connection.prepareStatement(note)) {
      statement.setLong(1, signed.size());
      statement.setBytes(2, signed.root());
      statement.setString(3, signed.note());
      if (statement.executeUpdate() == 1) {
        return;
      }
      stored.setLong(1, signed.size());
      try (ResultSet row = stored.executeQuery()) {
        if (!row.next() || !signed.note().equals(row.getString(1))) {
          throw new AuditUnavailableException("another checkpoint of this size is stored");
        }
      }
    } catch (SQLException e) {
      throw new AuditUnavailableException("the checkpoint cannot be stored", e);
    }
  }

  byte[] entry(long index) throws SQLException {
    return entries(index, 1).stream()
        .filter(entry -> entry.index() == index)
        .map(Entry::json)
        .findFirst()
        .orElseThrow(() -> new AuditUnavailableException("entry " + index + " is not there"));
  }

  List<Entry> entries(long from, int limit) throws SQLException {
    String sql =
        "select index, entry, leaf_hash from audit.leaf where index >= ? order by index limit ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, from);
      statement.setInt(2, limit);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          entries.add(new Entry(row.getLong(1), row.getBytes(2), row.getBytes(3)));
        }
      }
      return entries;
    }
  }

  /** The hashes of complete subtrees, in the order asked, in one round trip. */
  List<byte[]> hashes(List<Node> nodes) {
    String sql =
        "select level, index, hash from audit.node"
            + " join unnest(?::int[], ?::bigint[]) as wanted (level, index) using (level, index)"
            + " union all select 0, index, leaf_hash from audit.leaf where index = any (?)";
    List<Node> inner = nodes.stream().filter(node -> node.level() > 0).toList();
    Map<Node, byte[]> found = HashMap.newHashMap(nodes.size());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, levels(inner));
      statement.setArray(2, bigints(inner));
      statement.setArray(3, bigints(nodes.stream().filter(node -> node.level() == 0).toList()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.put(new Node(row.getInt(1), row.getLong(2)), row.getBytes(3));
        }
      }
    } catch (SQLException e) {
      throw new AuditUnavailableException("the tree cannot be read", e);
    }
    if (!found.keySet().containsAll(nodes)) {
      throw new AuditUnavailableException("the tree lacks a subtree it should have");
    }
    return nodes.stream().map(found::get).toList();
  }

  private Array levels(List<Node> nodes) throws SQLException {
    return connection.createArrayOf("int", nodes.stream().map(Node::level).toArray());
  }

  private Array bigints(List<Node> nodes) throws SQLException {
    return connection.createArrayOf("bigint", nodes.stream().map(Node::index).toArray());
  }

  private static CompactRange tree(ResultSet row) throws SQLException {
    if (!row.next()) {
      throw new AuditUnavailableException("the log has no head row");
    }
    try {
      return new CompactRange(row.getLong(1), row.getBytes(2));
    } catch (IllegalArgumentException e) {
      throw new AuditUnavailableException("the head row does not fit itself", e);
    }
  }
}
