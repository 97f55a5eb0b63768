package dev.cordon.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 5,000 damaged files: each decodes to a whole picture or is refused; nothing else may come out.
 */
class ImageMutationTest {
  private static final int PER_SEED = 500;
  private static final ImageLimits SMALL = new ImageLimits(100_000, 4000, 1_000_000);

  static IntStream seeds() {
    return IntStream.range(0, 10);
  }

  private static List<byte[]> originals() throws Exception {
    List<byte[]> files = new ArrayList<>();
    var picture = Pictures.busy(20, 17);
    files.add(Pictures.jpeg(picture));
    files.add(Pictures.jpeg(picture, ImageWriteParam.MODE_DEFAULT));
    files.add(Pictures.png(picture, ImageWriteParam.MODE_DISABLED));
    files.add(Pictures.png(picture, ImageWriteParam.MODE_DEFAULT));
    for (String name :
        List.of("ramp-lossy", "half-alpha-lossy", "half-alpha-lossless", "marker-lossless-exif6")) {
      files.add(Pictures.resource(name + ".webp"));
    }
    return files;
  }

  private static byte[] damage(byte[] file, Random random) {
    byte[] damaged = file.clone();
    for (int flips = random.nextInt(4); flips >= 0; flips--) {
      // Past the signature, or most would be refused at the door.
      damaged[8 + random.nextInt(file.length - 8)] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(damaged, 8 + random.nextInt(2 * file.length))
        : mended(damaged);
  }

  /** Rights the check sums of a PNG, so that the damage reaches the codec. */
  private static byte[] mended(byte[] file) {
    return file[1] == 'P' ? PngBytes.withCheckSums(file) : file;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decodesOrRefusesWhateverHappensToTheBytes(long seed) throws Exception {
    var random = new Random(seed);
    var decoder = new ImageDecoder(SMALL);
    List<byte[]> files = originals();
    int decoded = 0;
    for (int i = 0; i < PER_SEED; i++) {
      byte[] damaged = damage(files.get(random.nextInt(files.size())), random);
      try {
        var image = decoder.decode(damaged).whole();
        assertEquals(3 * image.width() * image.height(), image.rgb().length);
        decoded++;
      } catch (ImageRefused e) {
        assertTrue(e.getMessage().length() > 10);
      }
    }
    assertTrue(decoded > 10 && decoded < PER_SEED - 10, "both outcomes occur: " + decoded);
  }
}
