package dev.cordon.sandbox.pack;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a package, it is refused as one, or nothing was done to it. */
class PluginPackageFuzzTest {
  private static final int ROUNDS = 2_000;
  private static final TestPackage SOUND = TestPackage.of(TestPackage.module("trap")).signed();

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSpoiledArchiveIsRefusedOrStillTheSame(long seed) throws Exception {
    RandomGenerator random = random(seed);
    String digest = SOUND.open().digest();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] spoiled = spoil(SOUND.zip(), random);
      try {
        // The directory at an archive's end is not read, so spoiling it changes nothing.
        if (!PluginPackage.open(spoiled, TestPackage.TRUSTED).digest().equals(digest)) {
          throw new AssertionError("another package was believed, seed " + seed);
        }
      } catch (PluginPackageException refused) {
        continue;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plugin.json", "plugin.wasm", "plugin.sig"})
  void aSpoiledFileIsRefused(String name) throws Exception {
    RandomGenerator random = random(name.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      byte[] sound = SOUND.file(name);
      byte[] spoiled = spoil(sound, random);
      if (java.util.Arrays.equals(sound, spoiled)) {
        continue;
      }
      TestPackage pack = TestPackage.of(TestPackage.module("trap")).signed().with(name, spoiled);
      assertThrows(PluginPackageException.class, pack::open);
    }
  }

  /** Signed after it was spoiled: only the reader of manifests stands in the way. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void aSpoiledManifestIsReadOrRefused(long seed) {
    RandomGenerator random = random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] spoiled = spoil(SOUND.file("plugin.json"), random);
      try {
        ManifestReader.read(spoiled);
      } catch (PluginPackageException refused) {
        continue;
      }
    }
  }

  private static byte[] spoil(byte[] sound, RandomGenerator random) {
    byte[] spoiled = sound.clone();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      int at = random.nextInt(spoiled.length);
      switch (random.nextInt(4)) {
        case 0 -> spoiled[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> spoiled[at] = (byte) random.nextInt();
        case 2 -> spoiled = java.util.Arrays.copyOf(spoiled, Math.max(1, at));
        default ->
            System.arraycopy(
                sound,
                random.nextInt(sound.length / 2),
                spoiled,
                at,
                Math.min(8, Math.min(sound.length / 2, spoiled.length - at)));
      }
    }
    return spoiled;
  }
}
