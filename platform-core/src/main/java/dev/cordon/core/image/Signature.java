package dev.cordon.core.image;

import dev.cordon.core.image.ImageRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The first bytes of a file: what is accepted, and what is known well enough for good advice. */
final class Signature {
  private static final int ENOUGH = 1024;
  private static final String ADVICE = "send a jpeg, png or webp image";

  /** Pictures that are known but not accepted; "II*" and "MM" with 0 and "*" are TIFF. */
  private static final List<String> OTHER_PICTURES =
      List.of("GIF87a", "GIF89a", "BM", "II*\0", "MM\0*", "\0\0\1\0");

  private Signature() {}

  static Container.Format formatOf(byte[] file) throws ImageRefused {
    String start = new String(file, 0, Math.min(file.length, ENOUGH), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return Container.Format.JPEG;
    }
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Container.Format.PNG;
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return Container.Format.WEBP;
    }
    // Every file of the HEIF and AVIF kind names itself a box of type "ftyp".
    if (OTHER_PICTURES.stream().anyMatch(start::startsWith)
        || start.startsWith("ftyp", 4)
        || isSvg(start)) {
      throw ImageRefused.unsupported("this kind of image is not accepted; " + ADVICE);
    }
    throw new ImageRefused(Reason.NOT_AN_IMAGE, "this is no image; " + ADVICE);
  }

  private static boolean isSvg(String start) {
    return start.toLowerCase(Locale.ROOT).contains("<svg");
  }
}
