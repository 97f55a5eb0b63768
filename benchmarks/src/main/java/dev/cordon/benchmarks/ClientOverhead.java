package dev.cordon.benchmarks;

import dev.cordon.models.manifest.ImageTower;
import dev.cordon.models.oip.Departure;
import dev.cordon.models.oip.OipTarget;
import dev.cordon.models.oip.RealServers;
import dev.cordon.models.oip.RealServers.Place;
import dev.cordon.models.oip.TargetOptions;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.ImageVectors;
import dev.cordon.models.onnx.ImageVectors.View;
import dev.cordon.models.preprocessing.ImageInput;
import dev.cordon.models.preprocessing.RgbImage;
import dev.cordon.models.registry.ModelPackage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * This host's client and {@code tritonclient}, the servers' own, on the same servers with a graph
 * in miniature, in turns: one picture of 224 x 224 as 602,112 bytes, and its vector back.
 */
final class ClientOverhead implements AutoCloseable {
  private static final int SIDE = 224;
  private static final int BLOCK = 20;
  private static final int BLOCKS = 15;
  private static final int WARM_UP = 2_000;

  /** JSON of 150,528 numbers takes so long that fewer calls must do. */
  private static final int FEWER = 10;

  private final Process python;
  private final BufferedReader answers;
  private final Writer questions;

  private ClientOverhead(RealServers servers) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("../models/target/oip/triton/bin/python", "peer/oip_client.py"));
    Stream.of(Place.values()).map(place -> servers.uri(place).getAuthority()).forEach(command::add);
    python = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = python.inputReader(StandardCharsets.US_ASCII);
    questions = python.outputWriter(StandardCharsets.US_ASCII);
    if (!"ready".equals(answers.readLine())) {
      throw new IOException("tritonclient cannot ask");
    }
  }

  static void run(Path home) throws Exception {
    Path folder = home.resolve("models/testdata/families/clip-vit-b32");
    ModelPackage pack = ModelPackage.open(folder);
    try (RealServers servers = RealServers.start(folder);
        ClientOverhead peer = new ClientOverhead(servers)) {
      System.out.println("\n| server | client | p10 | p50 | p99 | calls |");
      System.out.println("|---|---|---|---|---|---|");
      for (Place place : Place.values()) {
        try (OipTarget target = OipTarget.open(TargetOptions.of(servers.uri(place), "image"))) {
          ImageVectors ours =
              target.imageTower(pack, Cancellation.none()).announcing(Departure.UNTOLD);
          peer.compare(place, ours, pack.manifest().image());
        }
      }
    }
  }

  private void compare(Place place, ImageVectors ours, ImageTower tower) throws Exception {
    int share = place == Place.MLSERVER_REST ? FEWER : 1;
    int block = BLOCK / share;
    RgbImage image = noise();
    ImageInput input = new ImageInput(tower.preprocessing());
    FloatBuffer pixels = FloatBuffer.allocate(input.length());
    Timing.Call call = i -> ours.embed(List.of(View.whole(image)), Cancellation.none());
    Timing.Call prepare =
        i -> {
          View whole = View.whole(image);
          input.prepare(image, whole.region(), pixels.clear());
        };
    Timing.times(call, 0, WARM_UP / share);
    Timing.times(prepare, 0, WARM_UP);
    theirs(place, WARM_UP / share);
    long[][] nanos = new long[3][block * BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      if (i % 2 == 0) {
        keep(nanos[0], i, Timing.times(call, 0, block));
        keep(nanos[1], i, theirs(place, block));
      } else {
        keep(nanos[1], i, theirs(place, block));
        keep(nanos[0], i, Timing.times(call, 0, block));
      }
      keep(nanos[2], i, Timing.times(prepare, 0, block));
    }
    print(place, new Percentiles(nanos[0]), new Percentiles(nanos[1]), new Percentiles(nanos[2]));
  }

  private static void print(Place place, Percentiles ours, Percentiles peer, Percentiles prepare) {
    String name = place.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    System.out.printf("| %s | ours, from the picture on | %s |%n", name, ours);
    System.out.printf("| | of it preparing the picture | %s |%n", prepare);
    System.out.printf("| | tritonclient, from the tensor on | %s |%n", peer);
    System.out.printf(
        Locale.ROOT,
        "| | ours without preparing against tritonclient | x %.2f | x %.2f | | |%n",
        (ours.millis(10) - prepare.millis(10)) / peer.millis(10),
        (ours.millis(50) - prepare.millis(50)) / peer.millis(50));
  }

  private long[] theirs(Place place, int count) throws IOException {
    questions.write(place.ordinal() + " " + count + "\n");
    questions.flush();
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("tritonclient ended");
    }
    return Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  private static void keep(long[] all, int block, long[] times) {
    System.arraycopy(times, 0, all, block * times.length, times.length);
  }

  private static RgbImage noise() {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    new Random(1).nextBytes(rgb);
    return new RgbImage(SIDE, SIDE, rgb);
  }

  @Override
  public void close() {
    python.destroy();
  }
}
