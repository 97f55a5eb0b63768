package dev.cordon.models.onnx;

import dev.cordon.models.manifest.ModelManifest.Calibration;
import dev.cordon.spi.Similarities;
import java.util.Objects;

/** Cosines by region and text, made into probabilities by the package's calibration. */
final class CosineSimilarities implements Similarities {
  private final int regions;
  private final int texts;
  private final float[] cosines;
  private final Calibration calibration;

  CosineSimilarities(int texts, float[] cosines, Calibration calibration) {
    this.regions = cosines.length / texts;
    this.texts = texts;
    this.cosines = cosines;
    this.calibration = calibration;
  }

  @Override
  public int regions() {
    return regions;
  }

  @Override
  public int texts() {
    return texts;
  }

  @Override
  public float cosine(int region, int text) {
    Objects.checkIndex(text, texts);
    return cosines[Objects.checkIndex(region, regions) * texts + text];
  }

  @Override
  public float[] softmax(float[] scores) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      greatest = Math.max(greatest, score);
    }
    double[] weights = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      weights[i] = Math.exp(calibration.softmaxScale() * (scores[i] - greatest));
      sum += weights[i];
    }
    float[] probabilities = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      probabilities[i] = (float) (weights[i] / sum);
    }
    return probabilities;
  }

  @Override
  public float probability(float cosine) {
    return calibration.probability(cosine);
  }
}
