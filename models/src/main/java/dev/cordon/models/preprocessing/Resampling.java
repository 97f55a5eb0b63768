package dev.cordon.models.preprocessing;

import dev.cordon.models.manifest.Preprocessing.Filter;

/**
 * Fixed-point weights of an anti-aliased resize along one axis, for the output positions {@code
 * from} to {@code from + count}. Same filters (cubic convolution, a = -0.5, support 2 x scale; or
 * linear, support 1 x scale), same window and same 22-bit weights as Pillow, so that results agree
 * to the last level.
 */
final class Resampling {
  /** Bits after the point; 8 for the value and 2 to spare for overshoot keep sums in an int. */
  static final int BITS = 32 - 8 - 2;

  /** First input position of each output position. */
  final int[] first;

  /** How many input positions each output position uses. */
  final int[] taps;

  /** Weights, {@link #stride} entries for each output position. */
  final int[] weights;

  final int stride;

  private Resampling(int count, int stride) {
    this.first = new int[count];
    this.taps = new int[count];
    this.stride = stride;
    this.weights = new int[Math.multiplyExact(count, stride)];
  }

  static Resampling of(Filter filter, int inputSize, int outputSize, int from, int count) {
    double scale = (double) inputSize / outputSize;
    double filterScale = Math.max(scale, 1);
    double support = support(filter) * filterScale;
    int stride = Math.min((int) Math.ceil(support) * 2 + 1, inputSize);
    Resampling result = new Resampling(count, stride);
    double[] window = new double[stride];
    for (int i = 0; i < count; i++) {
      double centre = (from + i + 0.5) * scale;
      int start = Math.max((int) (centre - support + 0.5), 0);
      int taps = Math.min((int) (centre + support + 0.5), inputSize) - start;
      double sum = 0;
      for (int k = 0; k < taps; k++) {
        window[k] = weight(filter, (k + start - centre + 0.5) / filterScale);
        sum += window[k];
      }
      result.first[i] = start;
      result.taps[i] = taps;
      for (int k = 0; k < taps; k++) {
        result.weights[i * stride + k] = fixed(window[k] / sum);
      }
    }
    return result;
  }

  int firstInput() {
    return first[0];
  }

  int endInput() {
    // INVARIANT: windows move to the right only, so the last one ends last.
    return first[first.length - 1] + taps[taps.length - 1];
  }

  /** Rounds halves away from zero, as the reference does. */
  private static int fixed(double weight) {
    double scaled = weight * (1 << BITS);
    return (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  }

  private static double support(Filter filter) {
    return switch (filter) {
      case BICUBIC_ANTIALIAS -> 2;
      case BILINEAR_ANTIALIAS -> 1;
    };
  }

  private static double weight(Filter filter, double position) {
    return switch (filter) {
      case BICUBIC_ANTIALIAS -> cubic(position);
      case BILINEAR_ANTIALIAS -> Math.max(0, 1 - Math.abs(position));
    };
  }

  private static double cubic(double position) {
    double x = Math.abs(position);
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }
}
