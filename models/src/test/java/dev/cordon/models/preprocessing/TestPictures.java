package dev.cordon.models.preprocessing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Pictures of {@code models/testdata} as pixels. */
public final class TestPictures {
  public static final Path PHOTOS = Path.of("testdata/photos");

  private TestPictures() {}

  public static RgbImage photo(String name) throws IOException {
    return read(PHOTOS.resolve(name + ".png"));
  }

  public static RgbImage read(Path png) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] rgb = new byte[3 * argb.length];
    for (int i = 0; i < argb.length; i++) {
      rgb[3 * i] = (byte) (argb[i] >> 16);
      rgb[3 * i + 1] = (byte) (argb[i] >> 8);
      rgb[3 * i + 2] = (byte) argb[i];
    }
    return new RgbImage(image.getWidth(), image.getHeight(), rgb);
  }

  static List<Path> pngs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(p -> p.toString().endsWith(".png")).sorted().toList();
    }
  }
}
