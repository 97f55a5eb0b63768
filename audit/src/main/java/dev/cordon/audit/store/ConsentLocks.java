package dev.cordon.audit.store;

import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.audit.consent.ConsentRecord;
import dev.cordon.audit.tree.TreeHash;
import jakarta.persistence.EntityManager;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Advisory locks that end with the transaction, one for each tenant, purpose and subject: checks
 * share it, a withdrawal holds it alone.
 *
 * <p>INVARIANT: every transaction takes these first and the head row of the log last, and a check
 * takes its own in ascending order, so no two can wait for each other. What is read behind a lock
 * is current because the isolation level is read committed, where each statement sees what has
 * committed before it.
 */
final class ConsentLocks {
  private ConsentLocks() {}

  static void take(EntityManager entities, ConsentRecord record) {
    long key = key(record.tenant(), record.purpose(), record.subject());
    lock(entities, "select 1 from pg_advisory_xact_lock(:key)", key);
  }

  static void share(EntityManager entities, ConsentQuery query) {
    query.subjects().stream()
        .map(subject -> key(query.tenant(), query.purpose(), subject))
        .sorted()
        .distinct()
        .forEach(key -> lock(entities, "select 1 from pg_advisory_xact_lock_shared(:key)", key));
  }

  private static void lock(EntityManager entities, String sql, long key) {
    entities.createNativeQuery(sql, Integer.class).setParameter("key", key).getSingleResult();
  }

  // Two that collide wait for each other without need, and nothing worse.
  private static long key(String tenant, String purpose, String subject) {
    String text = tenant + '\0' + purpose + '\0' + subject;
    return ByteBuffer.wrap(TreeHash.leaf(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
