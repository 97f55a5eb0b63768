package dev.cordon.gallery.store;

import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.Item;
import dev.cordon.gallery.collection.VectorSpace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Collections over plain JDBC, as the runtime role. The data source must hand out the connection of
 * the caller's transaction; reading works without one. Thread-safe.
 */
public final class PostgresCollectionStore implements CollectionStore {
  private static final String COLLECTIONS =
      "select c.id, c.tenant, c.name, c.purpose, c.area, c.created_at,"
          + " a.number, a.model, a.preprocessing, a.dimension,"
          + " b.number, b.model, b.preprocessing, b.dimension"
          + " from gallery.collection c"
          + " left join gallery.generation a on a.collection = c.id and a.place = 'active'"
          + " left join gallery.generation b on b.collection = c.id and b.place = 'building'"
          + " where c.tenant = ?";

  private final Statements sql;

  public PostgresCollectionStore(DataSource runtime) {
    this.sql = new Statements(runtime);
  }

  @Override
  public boolean add(ImageCollection added, byte[] sealedKey) {
    boolean isNew =
        sql.change(
                "insert into gallery.collection (id, tenant, name, purpose, area, created_at)"
                    + " values (?, ?, ?, ?, ?, ?) on conflict (tenant, name) do nothing",
                added.id(),
                added.tenant(),
                added.name(),
                added.purpose(),
                added.area(),
                added.createdAt().atOffset(ZoneOffset.UTC))
            == 1;
    if (isNew) {
      sql.change(
          "insert into gallery.collection_key (collection, sealed) values (?, ?)",
          added.id(),
          sealedKey);
    }
    return isNew;
  }

  @Override
  public Optional<ImageCollection> find(String tenant, String name) {
    return sql
        .rows(COLLECTIONS + " and c.name = ?", PostgresCollectionStore::collection, tenant, name)
        .stream()
        .findFirst();
  }

  @Override
  public List<ImageCollection> all(String tenant) {
    return sql.rows(COLLECTIONS + " order by c.name", PostgresCollectionStore::collection, tenant);
  }

  @Override
  public Optional<byte[]> key(UUID collection) {
    return sql
        .rows(
            "select sealed from gallery.collection_key where collection = ?",
            row -> row.getBytes(1),
            collection)
        .stream()
        .findFirst();
  }

  @Override
  public boolean lockShared(UUID collection) {
    return !sql.locked(
            "select id from gallery.collection where id = ? for share",
            row -> row.getObject(1, UUID.class),
            collection)
        .isEmpty();
  }

  @Override
  public boolean lockAlone(UUID collection) {
    // The update locks the row as well.
    return sql.change(
            "update gallery.collection set changes = changes + 1 where id = ?", collection)
        == 1;
  }

  @Override
  public long changes(UUID collection) {
    return sql
        .rows(
            "select changes from gallery.collection where id = ?",
            row -> row.getLong(1),
            collection)
        .stream()
        .findFirst()
        .orElse(0L);
  }

  @Override
  public boolean erase(UUID collection) {
    return sql.change("delete from gallery.collection where id = ?", collection) == 1;
  }

  @Override
  public void begin(UUID collection, Place place, Generation generation) {
    sql.change(
        "delete from gallery.generation where collection = ? and place = ?",
        collection,
        word(place));
    sql.change(
        "insert into gallery.generation"
            + " (collection, number, place, model, preprocessing, dimension)"
            + " values (?, ?, ?, ?, ?, ?)",
        collection,
        generation.number(),
        word(place),
        generation.space().model(),
        generation.space().preprocessing(),
        generation.space().dimension());
  }

  @Override
  public void promote(UUID collection) {
    sql.change(
        "delete from gallery.generation where collection = ? and place = 'active'", collection);
    sql.change(
        "update gallery.generation set place = 'active'"
            + " where collection = ? and place = 'building'",
        collection);
  }

  @Override
  public void put(UUID collection, int generation, Item item, byte[] sealed) {
    sql.change(
        "insert into gallery.item (collection, generation, name, area, subjects, sealed)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (collection, generation, name)"
            + " do update set area = excluded.area, subjects = excluded.subjects,"
            + " sealed = excluded.sealed",
        collection,
        generation,
        item.name(),
        item.area(),
        item.subjects(),
        sealed);
  }

  @Override
  public boolean remove(UUID collection, int generation, String item) {
    return sql.change(
            "delete from gallery.item where collection = ? and generation = ? and name = ?",
            collection,
            generation,
            item)
        > 0;
  }

  @Override
  public boolean erase(UUID collection, String item) {
    return sql.change(
            "delete from gallery.item where collection = ? and name = ?", collection, item)
        > 0;
  }

  @Override
  public void read(UUID collection, int generation, BiConsumer<String, byte[]> each) {
    sql.each(
        "select name, sealed from gallery.item where collection = ? and generation = ?",
        row -> each.accept(row.getString(1), row.getBytes(2)),
        collection,
        generation);
  }

  @Override
  public Map<String, Item> items(UUID collection, int generation, Collection<String> names) {
    return sql
        .rows(
            "select name, subjects, area from gallery.item"
                + " where collection = ? and generation = ? and name = any (?)",
            row -> item(row, 1),
            collection,
            generation,
            List.copyOf(names))
        .stream()
        .collect(Collectors.toMap(Item::name, Function.identity()));
  }

  @Override
  public long count(UUID collection, int generation) {
    return sql.rows(
            "select count(*) from gallery.item where collection = ? and generation = ?",
            row -> row.getLong(1),
            collection,
            generation)
        .getFirst();
  }

  @Override
  public String fingerprint(UUID collection, int generation) {
    return sql.rows(
            "select encode(sha256(coalesce(string_agg(sha256(sealed), ''::bytea order by name),"
                + " ''::bytea)), 'hex') from gallery.item where collection = ? and generation = ?",
            row -> row.getString(1),
            collection,
            generation)
        .getFirst();
  }

  @Override
  public long waiting(UUID collection) {
    return sql.rows(
            "select count(*) from gallery.item i"
                + " join gallery.generation a on a.collection = i.collection"
                + " and a.number = i.generation and a.place = 'active'"
                + " where i.collection = ? and not exists (select from gallery.item n"
                + " join gallery.generation b on b.collection = n.collection"
                + " and b.number = n.generation and b.place = 'building'"
                + " where n.collection = i.collection and n.name = i.name)",
            row -> row.getLong(1),
            collection)
        .getFirst();
  }

  @Override
  public List<Found> findItems(String tenant, String purpose, String subject) {
    return sql.rows(
        "select i.collection, i.name, i.subjects, i.area from gallery.item i"
            + " join gallery.collection c on c.id = i.collection"
            + " where i.subjects && ? and c.tenant = ? and c.purpose = ?"
            + " order by i.collection, i.name",
        row -> new Found(row.getObject(1, UUID.class), item(row, 2)),
        List.of(subject),
        tenant,
        purpose);
  }

  @Override
  public List<Held> held() {
    return sql.rows(
        "select distinct c.tenant, c.purpose, s.subject from gallery.item i"
            + " join gallery.collection c on c.id = i.collection"
            + " cross join unnest(i.subjects) as s (subject) order by 1, 2, 3",
        row -> new Held(row.getString(1), row.getString(2), row.getString(3)));
  }

  private static String word(Place place) {
    return place.name().toLowerCase(Locale.ROOT);
  }

  private static Item item(ResultSet row, int first) throws SQLException {
    String[] subjects = (String[]) row.getArray(first + 1).getArray();
    return new Item(row.getString(first), Arrays.asList(subjects), row.getString(first + 2));
  }

  private static ImageCollection collection(ResultSet row) throws SQLException {
    return new ImageCollection(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        generation(row, 7),
        generation(row, 11));
  }

  private static Optional<Generation> generation(ResultSet row, int first) throws SQLException {
    int number = row.getInt(first);
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new Generation(
                number,
                new VectorSpace(
                    row.getString(first + 1), row.getString(first + 2), row.getInt(first + 3))));
  }
}
