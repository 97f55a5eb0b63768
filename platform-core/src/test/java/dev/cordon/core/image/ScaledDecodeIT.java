package dev.cordon.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.registry.ModelPackage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What a smaller decode does to the vectors of photographs. */
class ScaledDecodeIT {
  private static final List<String> PHOTOS =
      List.of("china", "flower", "coffee", "rocket", "astronaut");

  @Test
  void embedsLargePhotographsAsTheirFullDecodeDoes() throws Exception {
    try (var model =
        OnnxImageTextModel.load(
            ModelPackage.open(Path.of("../models/starter")), new OnnxOptions(1))) {
      var scaling = new ImageDecoder(ImageLimits.DEFAULT);
      for (String photo : PHOTOS) {
        DecodedImage decoded = scaling.decode(Pictures.jpeg(enlarged(photo)), model.pictureSide());
        float[] small = model.embedImage(decoded.whole());
        float[] full = model.embedImage(decoded.full());

        assertTrue(decoded.whole().height() < decoded.full().height());
        double cosine = 0;
        for (int i = 0; i < full.length; i++) {
          cosine += full[i] * small[i];
        }
        assertEquals(1, cosine, 0.001, "of " + photo);
      }
    }
  }

  /** Four times as wide and high: some 2,500 pixels, about as sharp as large photographs are. */
  private static BufferedImage enlarged(String name) throws Exception {
    BufferedImage photo = ImageIO.read(Path.of("../samples", name + ".jpg").toFile());
    int width = 4 * photo.getWidth();
    int height = 4 * photo.getHeight();
    var large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = large.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(photo, 0, 0, width, height, null);
    graphics.dispose();
    return large;
  }
}
