package dev.cordon.models.onnx;

import dev.cordon.models.preprocessing.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Pictures and texts that every package is tried with; the same ones every time. */
final class ParitySamples {
  static final List<String> TEXTS =
      List.of(
          "",
          "a photo of a cat",
          "A PHOTO of two dogs, one of them asleep!",
          "café naïve Ångström",
          "一张猫的照片",
          "😀 a rocket 🚀",
          "12 red apples & 3.5 kg of flour",
          "a very long text " + "that does not end ".repeat(40));

  private static final int[][] SIDES = {
    {224, 224}, {61, 37}, {37, 61}, {300, 200}, {7, 500}, {1, 1}, {256, 255}, {640, 480}
  };

  private ParitySamples() {}

  /** Slopes with noise, no two alike, of many proportions. */
  static List<RgbImage> pictures() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    List<RgbImage> pictures = new ArrayList<>();
    for (int[] side : SIDES) {
      byte[] rgb = new byte[3 * side[0] * side[1]];
      int slope = 1 + random.nextInt(9);
      int noise = 1 + random.nextInt(120);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) ((i % 3) * 70 + (long) i * slope / side[0] + random.nextInt(noise));
      }
      pictures.add(new RgbImage(side[0], side[1], rgb));
    }
    return pictures;
  }
}
