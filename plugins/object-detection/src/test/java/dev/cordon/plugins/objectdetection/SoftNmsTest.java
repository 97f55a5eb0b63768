package dev.cordon.plugins.objectdetection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.Finding.Box;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftNmsTest {
  private static Box box(float score, int x, int y, int side) {
    return new Box("cup", score, new Region(x, y, side, side));
  }

  @Test
  void leavesBoxesApartAsTheyAre() {
    List<Box> apart = List.of(box(0.9f, 0, 0, 10), box(0.8f, 20, 0, 10));
    assertEquals(apart, SoftNms.of(apart));
  }

  @Test
  void weakensABoxByItsOverlapWithABetterOne() {
    List<Box> kept = SoftNms.of(List.of(box(0.8f, 5, 0, 10), box(0.9f, 0, 0, 10)));
    assertEquals(box(0.9f, 0, 0, 10), kept.getFirst());
    assertEquals(0.8 * Math.exp(-0.5 * 0.5 / 0.5), kept.get(1).score(), 1e-6);
  }

  @Test
  void takesANestedBoxForTheSameThing() {
    List<Box> kept = SoftNms.of(List.of(box(0.9f, 0, 0, 40), box(0.89f, 15, 15, 10)));
    assertTrue(kept.get(1).score() < 0.5f);
  }

  @Test
  void keepsTheOrderGivenOfEquals() {
    List<Box> equal = List.of(box(0.7f, 90, 0, 10), box(0.7f, 0, 0, 10), box(0.7f, 50, 50, 10));
    assertEquals(equal, SoftNms.of(equal));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void losesNoBoxAndRaisesNoScore(long seed) {
    Random random = new Random(seed);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      boxes.add(
          box(
              random.nextFloat(),
              random.nextInt(100),
              random.nextInt(100),
              1 + random.nextInt(50)));
    }
    List<Box> kept = SoftNms.of(boxes);
    assertEquals(boxes.size(), kept.size());
    float before = 1;
    for (Box box : kept) {
      assertTrue(box.score() <= before);
      before = box.score();
    }
  }
}
