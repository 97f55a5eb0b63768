package dev.cordon.models.onnx;

import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One image before one model. Each region is embedded when it is first asked for and remembered as
 * long as this handle lives.
 */
final class OnnxVisionLanguage implements VisionLanguage {
  private final ModelManifest manifest;
  private final OnnxImageTower images;
  private final OnnxTextTower texts;
  private final RgbImage image;
  private final ImageGeometry geometry;
  private final ReentrantLock embedding = new ReentrantLock();
  private final Map<Region, float[]> regionVectors = new HashMap<>();
  private float[] patchVectors;

  OnnxVisionLanguage(
      ModelManifest manifest, OnnxImageTower images, OnnxTextTower texts, RgbImage image) {
    this.manifest = manifest;
    this.images = images;
    this.texts = texts;
    this.image = image;
    this.geometry = new ImageGeometry(image.width(), image.height());
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(Set.copyOf(manifest.languages()), manifest.image().patches() != null);
  }

  @Override
  public Similarities compare(List<Region> regions, List<String> asked) throws PluginException {
    if (regions.isEmpty()) {
      throw new PluginException(Kind.BAD_QUESTION, "no region is asked for");
    }
    for (Region region : regions) {
      if (!region.isInside(geometry)) {
        throw new PluginException(Kind.BAD_QUESTION, "a region lies outside the image");
      }
    }
    float[][] textVectors = textVectors(asked);
    int dimension = manifest.dimension();
    float[] vectors = new float[Math.multiplyExact(regions.size(), dimension)];
    for (int i = 0; i < regions.size(); i++) {
      System.arraycopy(regionVector(regions.get(i)), 0, vectors, i * dimension, dimension);
    }
    return new CosineSimilarities(
        asked.size(), UnitVectors.cosines(vectors, textVectors), manifest.calibration());
  }

  @Override
  public SimilarityMap map(List<String> asked) throws PluginException {
    if (manifest.image().patches() == null) {
      throw new PluginException(Kind.BAD_QUESTION, "the model has no dense map");
    }
    float[][] textVectors = textVectors(asked);
    float[] cosines = UnitVectors.cosines(patchVectors(), textVectors);
    return new CosineMap(manifest.image().patches().grid(), asked.size(), cosines);
  }

  private float[][] textVectors(List<String> asked) throws PluginException {
    if (asked.isEmpty()) {
      throw new PluginException(Kind.BAD_QUESTION, "no text is asked for");
    }
    float[][] vectors = new float[asked.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = texts.embed(asked.get(i));
    }
    return vectors;
  }

  private float[] regionVector(Region region) throws PluginException {
    embedding.lock();
    try {
      float[] vector = regionVectors.get(region);
      if (vector == null) {
        vector = images.embed(image, region);
        regionVectors.put(region, vector);
      }
      return vector;
    } finally {
      embedding.unlock();
    }
  }

  private float[] patchVectors() throws PluginException {
    embedding.lock();
    try {
      if (patchVectors == null) {
        patchVectors = images.embedPatches(image);
      }
      return patchVectors;
    } finally {
      embedding.unlock();
    }
  }
}
