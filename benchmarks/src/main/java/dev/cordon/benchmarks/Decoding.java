package dev.cordon.benchmarks;

import dev.cordon.core.image.ImageDecoder;
import dev.cordon.core.image.ImageLimits;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * The host's decoder (walk, scaled decode, upright copy, quality) against libjpeg-turbo's scaled
 * decode alone, in turns: the photographs as they are, and one enlarged to twelve megapixels, at
 * the reduction the host picks.
 */
final class Decoding {
  private static final int SIDE = 260;
  private static final int ROUNDS = 200;

  private Decoding() {}

  static void run(Path folder) throws Exception {
    Photos photos = Photos.of(folder);
    System.out.println("\n| decode | p10 | p50 | p99 | calls |");
    System.out.println("|---|---|---|---|---|");
    compare("photographs", photos.jpegs().toArray(byte[][]::new), 1);
    compare("12 megapixels", new byte[][] {enlarged(photos.jpeg(0))}, 2);
  }

  private static void compare(String name, byte[][] jpegs, int reduction) throws Exception {
    TurboJpeg turbo = TurboJpeg.load();
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    Timing.Call floor = i -> turbo.decode(jpegs[i % jpegs.length], reduction);
    Timing.Call ours = i -> decoder.decode(jpegs[i % jpegs.length], SIDE).close();
    int warm = reduction == 1 ? ROUNDS : ROUNDS / 4;
    Timing.times(floor, 0, warm);
    Timing.times(ours, 0, warm);
    long[][] nanos = new long[2][ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      nanos[0][i] = Timing.times(floor, i, 1)[0];
      nanos[1][i] = Timing.times(ours, i, 1)[0];
    }
    Percentiles peer = new Percentiles(nanos[0]);
    Percentiles host = new Percentiles(nanos[1]);
    System.out.println("| " + name + ": libjpeg-turbo, 1/" + reduction + " | " + peer + " |");
    System.out.println("| " + name + ": host | " + host + " |");
    System.out.printf(
        Locale.ROOT,
        "| host against libjpeg-turbo | x %.2f | x %.2f | | |%n",
        host.millis(10) / peer.millis(10),
        host.millis(50) / peer.millis(50));
  }

  /** The same photograph at 4096 x 3072, as a phone would write it. */
  private static byte[] enlarged(byte[] jpeg) throws IOException {
    BufferedImage large = new BufferedImage(4096, 3072, BufferedImage.TYPE_3BYTE_BGR);
    var pen = large.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.drawImage(ImageIO.read(new ByteArrayInputStream(jpeg)), 0, 0, 4096, 3072, null);
    pen.dispose();
    var out = new ByteArrayOutputStream();
    ImageIO.write(large, "jpeg", out);
    return out.toByteArray();
  }
}
