package dev.cordon.core.record;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import java.time.Instant;
import java.util.List;

/**
 * Leaves about plugins: {@code plugin} names id, version and digest, {@code rules} what a decision
 * rests on.
 */
public final class PluginLeaf {
  private static final byte[] NOTHING = new byte[0];

  private PluginLeaf() {}

  /** A package as it stands in these leaves. */
  public static String name(String id, String version, String digest) {
    return id + "@" + version + ":" + digest;
  }

  /** That the host has verified and compiled it, and lends it to calls. */
  public static Leaf loaded(Instant time, String name) {
    return leaf(time, "", LeafKind.PLUGIN_LOADED, "permit", "", List.of(), name, List.of());
  }

  /** That an instance was ended. */
  public static Leaf tripped(Instant time, String name, String kind) {
    return leaf(time, "", LeafKind.PLUGIN_TRIPPED, "error", kind, List.of(), name, List.of());
  }

  /** That the host itself pulled the switch. */
  public static Leaf killedByHost(Instant time, String name) {
    String code = LeafKind.PLUGIN_TRIPPED.name();
    return leaf(time, "", LeafKind.PLUGIN_KILLED, "deny", code, List.of(), name, List.of());
  }

  /** What a steward, named by a pseudonym, decided. */
  public static Leaf bySteward(
      Instant time,
      String tenant,
      String pseudonym,
      LeafKind kind,
      String name,
      List<String> rules) {
    return leaf(time, tenant, kind, "permit", "", rules, name, List.of(pseudonym));
  }

  /** That what a steward brought was refused, and a commitment to it. */
  public static Leaf refused(
      Instant time, String tenant, String pseudonym, String reason, String name, byte[] brought) {
    List<String> subjects = List.of(pseudonym);
    return leaf(
        time, tenant, LeafKind.PLUGIN_REFUSED, "deny", reason, List.of(), name, subjects, brought);
  }

  private static Leaf leaf(
      Instant time,
      String tenant,
      LeafKind kind,
      String effect,
      String code,
      List<String> rules,
      String name,
      List<String> subjects) {
    return leaf(time, tenant, kind, effect, code, rules, name, subjects, NOTHING);
  }

  private static Leaf leaf(
      Instant time,
      String tenant,
      LeafKind kind,
      String effect,
      String code,
      List<String> rules,
      String name,
      List<String> subjects,
      byte[] brought) {
    return new Leaf(
        Generators.timeBasedEpochGenerator().generate(),
        time,
        tenant,
        kind,
        effect,
        code,
        rules,
        "",
        "",
        name,
        "",
        List.of(),
        subjects,
        Commitment.of(brought));
  }
}
