package dev.cordon.core.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.cordon.core.image.Container.Colours;
import dev.cordon.models.preprocessing.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes bare containers with the JDK's own JPEG and PNG readers and TwelveMonkeys' WebP. */
final class ImageIoCodec {
  private final ImageReaderSpi jpeg = ofJdk("jpeg");
  private final ImageReaderSpi png = ofJdk("png");
  private final ImageReaderSpi webp = new WebPImageReaderSpi();

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
    ImageReader reader = provider(container.format()).createReaderInstance(null);
    try (var in = input(container)) {
      // A warning means that the codec made up what was missing.
      var isMadeUp = new AtomicBoolean();
      reader.addIIOReadWarningListener((_, _) -> isMadeUp.set(true));
      reader.setInput(in, true, true);
      if (reader.getWidth(0) != container.width() || reader.getHeight(0) != container.height()) {
        throw ImageRefused.damaged();
      }
      RgbImage image = draw(reader, container);
      if (isMadeUp.get()) {
        throw ImageRefused.damaged();
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  private ImageReaderSpi provider(Container.Format format) {
    return switch (format) {
      case JPEG -> jpeg;
      case PNG -> png;
      case WEBP -> webp;
    };
  }

  /** Cached in memory: no image touches the disk. */
  private static ImageInputStream input(Container container) {
    return switch (container.format()) {
      // These two look ahead and tell a premature end by themselves.
      case JPEG, PNG -> new MemoryCacheImageInputStream(new ByteArrayInputStream(container.bare()));
      case WEBP -> new StrictInput(container.bare());
    };
  }

  private static RgbImage draw(ImageReader reader, Container container) throws IOException {
    var canvas =
        new UprightCanvas(container.width(), container.height(), Orientation.of(container.exif()));
    if (container.colours() == Colours.SCREEN) {
      Samples.draw(reader.read(0), canvas);
    } else {
      Samples.drawInks(reader.readRaster(0, null), container.colours(), canvas);
    }
    return canvas.image();
  }
}
