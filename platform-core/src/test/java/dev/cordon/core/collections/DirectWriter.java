package dev.cordon.core.collections;

import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.record.AuditWriter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs without a transaction manager, and tells which leaves are appended. */
final class DirectWriter extends AuditWriter {
  private final List<String> steps;

  DirectWriter(List<String> steps) {
    super(null);
    this.steps = steps;
  }

  /** A shelf over these collections that holds so many vectors. */
  static Shelf shelf(RememberedCollections store, int most) {
    CordonConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(CordonConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("cordon.collections.most-vectors", Integer.toString(most)), "test", 100))
            .build()
            .getConfigMapping(CordonConfig.class);
    return new Shelf(
        store,
        RememberedCollections.HOST,
        new DirectWriter(store.steps),
        new NoTransaction(),
        config);
  }

  @Override
  public <T> T commit(Supplier<T> work) {
    return work.get();
  }

  @Override
  public Receipt append(Leaf leaf) {
    steps.add("append " + leaf.kind().wireName());
    return new Receipt("test", steps.size(), "00");
  }

  /** Everything commits, and nobody is told. */
  private static final class NoTransaction implements TransactionSynchronizationRegistry {
    @Override
    public Object getTransactionKey() {
      return this;
    }

    @Override
    public void putResource(Object key, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object getResource(Object key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
      // It would only hear of a commit.
    }

    @Override
    public int getTransactionStatus() {
      return Status.STATUS_ACTIVE;
    }

    @Override
    public void setRollbackOnly() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean getRollbackOnly() {
      return false;
    }
  }
}
