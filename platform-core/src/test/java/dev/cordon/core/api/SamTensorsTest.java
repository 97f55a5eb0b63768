package dev.cordon.core.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.models.sam.SamFrame;
import dev.cordon.spi.Finding.LowResolutionMask;
import dev.cordon.spi.Finding.PromptPoint;
import dev.cordon.spi.Finding.SegmentationPrompt;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layout that the exported decoder of segment-anything takes. */
class SamTensorsTest {
  private static final ImageGeometry LANDSCAPE = new ImageGeometry(512, 341);

  private static JsonNode json(SegmentationPrompt prompt, ImageGeometry image) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    return mapper.readTree(mapper.writeValueAsString(SamTensors.of(prompt, image)));
  }

  private static LowResolutionMask mask() {
    float[] logits = new float[256 * 256];
    for (int cell = 0; cell < 256 * 256; cell++) {
      logits[cell] = cell % 256 == 3 ? -7.96f : cell / 256 == 2 ? 1.25f : 0f;
    }
    return new LowResolutionMask(256, 256, logits);
  }

  private static SegmentationPrompt prompt(Region box, LowResolutionMask mask) {
    List<PromptPoint> points =
        List.of(new PromptPoint(10, 20, true), new PromptPoint(511, 340, false));
    return new SegmentationPrompt("cup", 0.9f, points, box, mask);
  }

  @Test
  void scalesPointsAndCornersIntoTheFrame() throws Exception {
    JsonNode sam = json(prompt(new Region(100, 50, 200, 100), mask()), LANDSCAPE);
    assertEquals(
        "[[[20.0,40.0],[1022.0,680.0],[200.0,100.0],[600.0,300.0]]]",
        sam.get("point_coords").toString());
    assertEquals("[[1,0,2,3]]", sam.get("point_labels").toString());
    assertEquals("[1]", sam.get("has_mask_input").toString());
    assertEquals("[341,512]", sam.get("orig_im_size").toString());
  }

  @Test
  void addsThePaddingPointWhereThereIsNoBox() throws Exception {
    JsonNode sam = json(prompt(null, null), LANDSCAPE);
    assertEquals("[[[20.0,40.0],[1022.0,680.0],[0.0,0.0]]]", sam.get("point_coords").toString());
    assertEquals("[[1,0,-1]]", sam.get("point_labels").toString());
    assertEquals("[0]", sam.get("has_mask_input").toString());
    assertEquals(256, sam.get("mask_input").get(0).get(0).size());
  }

  @Test
  void writesTheMaskInOneByOneBy256By256WithOneDecimal() throws Exception {
    JsonNode mask = json(prompt(null, mask()), LANDSCAPE).get("mask_input");
    assertEquals(1, mask.size());
    assertEquals(1, mask.get(0).size());
    assertEquals(256, mask.get(0).get(0).size());
    assertEquals(256, mask.get(0).get(0).get(255).size());
    assertEquals(-8, mask.get(0).get(0).get(7).get(3).asDouble());
    assertEquals(1.3, mask.get(0).get(0).get(2).get(0).asDouble());
    assertEquals(0, mask.get(0).get(0).get(9).get(9).asDouble());
    assertTrue(SamTensors.of(prompt(null, mask()), LANDSCAPE).mask().length() < 256 * 256 * 5);
  }

  @Test
  void roundsTheSidesOfTheFrameAsTheDecoderDoes() {
    assertArrayEquals(
        new int[] {1024, 683, 768, 1024, 1024, 1},
        new int[] {
          new SamFrame(new ImageGeometry(1500, 1000)).width(),
          new SamFrame(new ImageGeometry(1500, 1000)).height(),
          new SamFrame(new ImageGeometry(3000, 4000)).width(),
          new SamFrame(new ImageGeometry(3000, 4000)).height(),
          new SamFrame(new ImageGeometry(20_000, 10)).width(),
          new SamFrame(new ImageGeometry(20_000, 10)).height()
        });
  }
}
