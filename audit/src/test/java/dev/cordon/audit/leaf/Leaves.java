package dev.cordon.audit.leaf;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Leaves that a number determines, for tests. */
public final class Leaves {
  private static final Instant START = Instant.parse("2026-11-24T10:00:00.000Z");

  private Leaves() {}

  /** Those of the golden log, which a kind that is added later leaves as it is. */
  private static final List<LeafKind> KINDS =
      List.of(
          LeafKind.ANALYSIS,
          LeafKind.DRY_RUN,
          LeafKind.EGRESS,
          LeafKind.CONSENT_GIVEN,
          LeafKind.CONSENT_WITHDRAWN,
          LeafKind.POLICY_LOADED,
          LeafKind.MODEL_LOADED,
          LeafKind.PLUGIN_LOADED,
          LeafKind.TENANT_LOADED,
          LeafKind.CONFIGURATION_CHANGED);

  /** The leaf of that number: kinds, list lengths and empty fields vary. */
  public static Leaf numbered(int number) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
    boolean deny = number % 3 == 2;
    return new Leaf(
        uuid(random),
        START.plusMillis(1_234L * number),
        number % 2 == 0 ? "demo" : "tenant-42",
        KINDS.get(number % KINDS.size()),
        deny ? "deny" : "permit",
        deny ? "CONSENT_MISSING" : "",
        number % 4 == 0 ? List.of() : List.of("biometric-floor/R01", "demo/allow@1.0.0"),
        "sha256:" + hex(random),
        number % 5 == 0 ? "" : "starter@2026.11",
        "image-tagging",
        number % 2 == 0 ? "edge" : "cloud:triton",
        number % 3 == 0 ? List.of() : List.of(uuid(random).toString()),
        number % 3 == 0 ? List.of() : List.of(hex(random)),
        new Commitment(bytes(random), bytes(random)));
  }

  private static UUID uuid(RandomGenerator random) {
    long high = random.nextLong() & ~0xf000L | 0x7000L;
    return new UUID(high, random.nextLong() >>> 2 | Long.MIN_VALUE);
  }

  private static String hex(RandomGenerator random) {
    return HexFormat.of().formatHex(bytes(random));
  }

  private static byte[] bytes(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
