package dev.cordon.audit.leaf;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * One entry of the log: ids, digests and keyed commitments only. Construction refuses free text:
 * every field has a fixed alphabet, subjects are pseudonyms (64 hex digits), consents are UUIDs.
 */
public record Leaf(
    UUID id,
    Instant time,
    String tenant,
    LeafKind kind,
    String effect,
    String code,
    List<String> rules,
    String bundle,
    String model,
    String plugin,
    String route,
    List<String> consents,
    List<String> subjects,
    Commitment commitment) {
  /** The longest entry a log of this format may hold (its length must fit 16 bits). */
  public static final int MAX_BYTES = 65_535;

  public Leaf {
    time = time.truncatedTo(ChronoUnit.MILLIS);
    rules = List.copyOf(rules);
    consents = List.copyOf(consents);
    subjects = List.copyOf(subjects);
    LeafFormat.check("tenant", LeafFormat.REFERENCE, tenant);
    LeafFormat.check("effect", LeafFormat.EFFECT, effect);
    LeafFormat.check("code", LeafFormat.CODE, code);
    rules.forEach(rule -> LeafFormat.check("rules", LeafFormat.REFERENCE, rule));
    LeafFormat.check("bundle", LeafFormat.REFERENCE, bundle);
    LeafFormat.check("model", LeafFormat.REFERENCE, model);
    LeafFormat.check("plugin", LeafFormat.REFERENCE, plugin);
    LeafFormat.check("route", LeafFormat.REFERENCE, route);
    consents.forEach(consent -> LeafFormat.check("consents", LeafFormat.UUID_TEXT, consent));
    subjects.forEach(subject -> LeafFormat.check("subjects", LeafFormat.DIGEST, subject));
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(commitment, "commitment");
  }

  /** The RFC 8785 bytes that go into the tree; refuses more than {@link #MAX_BYTES}. */
  public byte[] canonicalJson() {
    return LeafFormat.write(this);
  }
}
