package dev.cordon.gallery.index;

import dev.cordon.gallery.collection.UnitVector;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Vectors by a number that is never used twice, with the item that each belongs to. */
final class Vectors implements RandomAccessVectorValues {
  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();

  private final int dimension;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

  /** The graph's view of the numbers shares their array. */
  record Entry(String item, float[] values, VectorFloat<?> view) {}

  Vectors(int dimension) {
    this.dimension = dimension;
  }

  static VectorFloat<?> view(float[] values) {
    return TYPES.createFloatVector(values);
  }

  int add(String item, UnitVector vector) {
    float[] values = vector.values();
    int number = next.getAndIncrement();
    entries.put(number, new Entry(item, values, view(values)));
    return number;
  }

  /** Forgets a vector and overwrites its numbers. */
  void forget(int number) {
    Entry gone = entries.remove(number);
    if (gone != null) {
      Arrays.fill(gone.values(), 0f);
    }
  }

  Entry get(int number) {
    return entries.get(number);
  }

  Set<Map.Entry<Integer, Entry>> all() {
    return entries.entrySet();
  }

  @Override
  public int size() {
    return next.get();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public VectorFloat<?> getVector(int number) {
    return entries.get(number).view();
  }

  @Override
  public boolean isValueShared() {
    return false;
  }

  @Override
  public RandomAccessVectorValues copy() {
    return this;
  }
}
