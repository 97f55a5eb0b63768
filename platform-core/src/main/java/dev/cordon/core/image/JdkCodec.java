package dev.cordon.core.image;

import dev.cordon.core.image.Container.Colours;
import dev.cordon.models.preprocessing.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes with the JDK's own readers what gains nothing natively: PNG, which has no smaller picture
 * within; and JPEGs of plain inks, which are rare and which Leptonica takes for others.
 */
final class JdkCodec {
  private final ImageReaderSpi png = ofJdk("png");
  private final ImageReaderSpi jpeg = ofJdk("jpeg");

  /** The JDK's reader even where another library on the class path offers itself first. */
  private static ImageReaderSpi ofJdk(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getPackageName().startsWith("com.sun.imageio.plugins")) {
        return reader.getOriginatingProvider();
      }
    }
    throw new IllegalStateException("this java has no reader for " + format);
  }

  RgbImage decode(Container container) throws IOException, ImageRefused {
    boolean inks = container.colours() == Colours.PLAIN_INKS;
    ImageReader reader = (inks ? jpeg : png).createReaderInstance(null);
    // Cached in memory: no image touches the disk.
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(container.bare()))) {
      // A warning means that the codec made up what was missing.
      var isMadeUp = new AtomicBoolean();
      reader.addIIOReadWarningListener((_, _) -> isMadeUp.set(true));
      reader.setInput(in, true, true);
      if (reader.getWidth(0) != container.width() || reader.getHeight(0) != container.height()) {
        throw ImageRefused.damaged();
      }
      var canvas =
          new UprightCanvas(
              container.width(), container.height(), Orientation.of(container.exif()));
      if (inks) {
        Samples.drawInks(reader.readRaster(0, null), canvas);
      } else {
        Samples.draw(reader.read(0), canvas);
      }
      if (isMadeUp.get()) {
        throw ImageRefused.damaged();
      }
      return canvas.image();
    } finally {
      reader.dispose();
    }
  }
}
