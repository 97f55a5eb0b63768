package dev.cordon.core.record;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Leaves about a model package: they name its digest and commit to its signed root. */
public final class ModelLeaf {
  private ModelLeaf() {}

  /** What the host did with the package by itself. */
  public static Leaf byHost(Instant time, LeafKind kind, String digest, String root) {
    return leaf(time, "", kind, "permit", "", digest, root, List.of());
  }

  /** What a steward, named by a pseudonym, decided about the package. */
  public static Leaf bySteward(
      Instant time, String tenant, String pseudonym, LeafKind kind, String digest, String root) {
    return leaf(time, tenant, kind, "permit", "", digest, root, List.of(pseudonym));
  }

  /** That the files of the package are not what they were. */
  public static Leaf changed(Instant time, String digest, String root) {
    LeafKind kind = LeafKind.MODEL_CHANGED;
    return leaf(time, "", kind, "error", kind.name(), digest, root, List.of());
  }

  private static Leaf leaf(
      Instant time,
      String tenant,
      LeafKind kind,
      String effect,
      String code,
      String digest,
      String root,
      List<String> subjects) {
    return new Leaf(
        Generators.timeBasedEpochGenerator().generate(),
        time,
        tenant,
        kind,
        effect,
        code,
        List.of(),
        "",
        digest,
        "",
        "",
        List.of(),
        subjects,
        Commitment.of(root.getBytes(StandardCharsets.US_ASCII)));
  }
}
