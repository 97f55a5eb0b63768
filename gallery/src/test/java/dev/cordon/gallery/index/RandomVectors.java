package dev.cordon.gallery.index;

import dev.cordon.gallery.collection.UnitVector;
import dev.cordon.gallery.collection.VectorSpace;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Seeded vectors around seeded centres. */
final class RandomVectors {
  private final VectorSpace space;
  private final RandomGenerator random;
  private final float[][] centres;

  RandomVectors(VectorSpace space, int centres, long seed) {
    this.space = space;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.centres = new float[centres][];
    for (int i = 0; i < centres; i++) {
      this.centres[i] = gaussian(1);
    }
  }

  UnitVector next() {
    float[] values = centres[random.nextInt(centres.length)].clone();
    float[] noise = gaussian(0.7);
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] += noise[i];
      squares += (double) values[i] * values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / Math.sqrt(squares));
    }
    return new UnitVector(space, values);
  }

  private float[] gaussian(double deviation) {
    float[] values = new float[space.dimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
