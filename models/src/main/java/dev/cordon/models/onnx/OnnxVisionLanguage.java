package dev.cordon.models.onnx;

import dev.cordon.models.manifest.ImageTower;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.onnx.ImageVectors.View;
import dev.cordon.models.preprocessing.Picture;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ModelInfo;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import dev.cordon.spi.VisionLanguage;
import java.util.ArrayList;
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
  private final ImageVectors images;
  private final TextVectors texts;
  private final Picture picture;
  private final Cancellation call;
  private final ImageGeometry geometry;
  private final ReentrantLock embedding = new ReentrantLock();
  private final Map<Region, float[]> regionVectors = new HashMap<>();
  private float[] patchVectors;

  OnnxVisionLanguage(
      ModelManifest manifest,
      ImageVectors images,
      TextVectors texts,
      Picture picture,
      Cancellation call) {
    this.manifest = manifest;
    this.images = images;
    this.texts = texts;
    this.picture = picture;
    this.call = call;
    this.geometry = picture.geometry();
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(Set.copyOf(manifest.languages()), true);
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
    float[] vectors = joined(regionVectors(regions));
    return new CosineSimilarities(
        asked.size(), UnitVectors.cosines(vectors, textVectors), manifest.calibration());
  }

  @Override
  public SimilarityMap map(List<String> asked) throws PluginException {
    float[][] textVectors = textVectors(asked);
    ImageTower.Patches patches = manifest.image().patches();
    int grid = patches == null ? CropGrid.SIDE : patches.grid();
    float[] vectors = patches == null ? cropVectors() : patchVectors();
    return new CosineMap(grid, asked.size(), UnitVectors.cosines(vectors, textVectors));
  }

  /** What stands in for patches where the package has none. */
  private float[] cropVectors() throws PluginException {
    return joined(regionVectors(CropGrid.of(geometry)));
  }

  private float[] joined(List<float[]> vectors) {
    int dimension = manifest.dimension();
    float[] joined = new float[Math.multiplyExact(vectors.size(), dimension)];
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, joined, i * dimension, dimension);
    }
    return joined;
  }

  private float[][] textVectors(List<String> asked) throws PluginException {
    if (asked.isEmpty()) {
      throw new PluginException(Kind.BAD_QUESTION, "no text is asked for");
    }
    return texts.embed(asked, call);
  }

  private List<float[]> regionVectors(List<Region> regions) throws PluginException {
    embedding.lock();
    try {
      List<Region> unknown =
          regions.stream().distinct().filter(r -> !regionVectors.containsKey(r)).toList();
      List<View> views = new ArrayList<>(unknown.size());
      for (Region region : unknown) {
        boolean isWhole = region.equals(geometry.whole());
        views.add(isWhole ? View.whole(picture.whole()) : new View(picture.full(), region));
      }
      List<float[]> computed = views.isEmpty() ? List.of() : images.embed(views, call);
      for (int i = 0; i < computed.size(); i++) {
        regionVectors.put(unknown.get(i), computed.get(i));
      }
      return regions.stream().map(regionVectors::get).toList();
    } finally {
      embedding.unlock();
    }
  }

  private float[] patchVectors() throws PluginException {
    embedding.lock();
    try {
      if (patchVectors == null) {
        patchVectors = images.embedPatches(picture.full(), call);
      }
      return patchVectors;
    } finally {
      embedding.unlock();
    }
  }
}
