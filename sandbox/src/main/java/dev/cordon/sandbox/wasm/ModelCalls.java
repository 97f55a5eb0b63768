package dev.cordon.sandbox.wasm;

import static dev.cordon.sandbox.wasm.HostCall.bits;
import static dev.cordon.sandbox.wasm.HostCall.does;
import static dev.cordon.sandbox.wasm.HostCall.gives;

import dev.cordon.sandbox.wasm.HostCall.Arguments;
import dev.cordon.spi.Gallery.Neighbour;
import dev.cordon.spi.Permission;
import dev.cordon.spi.Region;
import dev.cordon.spi.Similarities;
import dev.cordon.spi.SimilarityMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the host computes for a guest: similarities, pixels, neighbours. On the caller's thread. */
final class ModelCalls {
  static final List<HostCall> ALL =
      List.of(
          gives("dense_map", ":i", (guest, a) -> guest.info().denseMap() ? 1 : 0),
          does("compare", "iiiii", ModelCalls::compare),
          does("softmax", "ii", ModelCalls::softmax),
          gives("probability", "f:f", ModelCalls::probability),
          does("map", "ii", ModelCalls::map),
          gives("map_rows", ":i", (guest, a) -> guest.map().rows()),
          gives("map_columns", ":i", (guest, a) -> guest.map().columns()),
          does("map_read", "i", ModelCalls::readMap),
          does("pixels", "iiiii", ModelCalls::pixels).with(Permission.PIXELS),
          gives("proposal_count", ":i", (guest, a) -> guest.proposals().size())
              .with(Permission.PROPOSALS),
          does("proposals_read", "i", ModelCalls::readProposals).with(Permission.PROPOSALS),
          gives("nearest_to_text", "iii:i", ModelCalls::nearestToText).with(Permission.GALLERY),
          gives("nearest_to_image", "i:i", ModelCalls::nearestToImage).with(Permission.GALLERY),
          gives("neighbour_cosine", "i:f", (guest, a) -> bits(neighbour(guest, a).cosine()))
              .with(Permission.GALLERY),
          gives(
                  "neighbour_probability",
                  "i:f",
                  (guest, a) -> bits(neighbour(guest, a).probability()))
              .with(Permission.GALLERY));

  private static final int MOST_REGIONS = 1 << 14;
  private static final int MOST_TEXTS = 1 << 14;

  /** The same address may be named many times; the texts are copied each time. */
  private static final int MOST_TEXT_BYTES = 1 << 20;

  private ModelCalls() {}

  private static void compare(Guest guest, Arguments a) {
    List<Region> regions = regions(guest, a.integer(0), a.integer(1));
    List<String> texts = texts(guest, a.integer(2), a.integer(3));
    long cells = (long) regions.size() * texts.size();
    guest.memory().require(a.integer(4), cells * Float.BYTES);
    float[] cosines =
        guest.onCaller(
            analysis -> {
              Similarities similarities = analysis.model().compare(regions, texts);
              guest.compared(similarities);
              float[] all = new float[(int) cells];
              for (int i = 0; i < all.length; i++) {
                all[i] = similarities.cosine(i / texts.size(), i % texts.size());
              }
              return all;
            });
    guest.memory().writeFloats(a.integer(4), cosines);
  }

  private static void softmax(Guest guest, Arguments a) {
    float[] scores = guest.memory().floats(a.integer(0), a.integer(1));
    Similarities similarities = guest.similarities();
    guest
        .memory()
        .writeFloats(a.integer(0), guest.onCaller(analysis -> similarities.softmax(scores)));
  }

  private static long probability(Guest guest, Arguments a) {
    Similarities similarities = guest.similarities();
    return bits(guest.onCaller(analysis -> similarities.probability(a.decimal(0))));
  }

  private static void map(Guest guest, Arguments a) {
    List<String> texts = texts(guest, a.integer(0), a.integer(1));
    guest.mapped(guest.onCaller(analysis -> analysis.model().map(texts)));
  }

  private static void readMap(Guest guest, Arguments a) {
    SimilarityMap map = guest.map();
    long cells = (long) map.rows() * map.columns() * map.texts();
    guest.memory().require(a.integer(0), cells * Float.BYTES);
    float[] cosines =
        guest.onCaller(
            analysis -> {
              float[] all = new float[(int) cells];
              for (int i = 0; i < all.length; i++) {
                int cell = i / map.texts();
                all[i] = map.cosine(cell / map.columns(), cell % map.columns(), i % map.texts());
              }
              return all;
            });
    guest.memory().writeFloats(a.integer(0), cosines);
  }

  private static void pixels(Guest guest, Arguments a) {
    Region region = region(a.integers(0, 4), 0);
    // Room for them in the guest's memory bounds what the host copies.
    guest.memory().require(a.integer(4), 3L * region.width() * region.height());
    guest.memory().write(a.integer(4), guest.onCaller(analysis -> analysis.pixels().rgb(region)));
  }

  private static void readProposals(Guest guest, Arguments a) {
    int[] sides =
        guest.proposals().stream()
            .flatMapToInt(at -> IntStream.of(at.x(), at.y(), at.width(), at.height()))
            .toArray();
    guest.memory().writeIntegers(a.integer(0), sides);
  }

  private static long nearestToText(Guest guest, Arguments a) {
    String text = guest.memory().text(a.integer(0), a.integer(1));
    int k = neighbours(a.integer(2));
    return guest.neighbours(guest.onCaller(analysis -> analysis.gallery().nearest(text, k)));
  }

  private static long nearestToImage(Guest guest, Arguments a) {
    int k = neighbours(a.integer(0));
    return guest.neighbours(guest.onCaller(analysis -> analysis.gallery().nearest(k)));
  }

  private static int neighbours(int k) {
    if (k < 1) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
    return k;
  }

  private static Neighbour neighbour(Guest guest, Arguments a) {
    return guest.neighbour(a.integer(0));
  }

  private static List<Region> regions(Guest guest, int address, int count) {
    if (count < 0 || count > MOST_REGIONS) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
    int[] sides = guest.memory().integers(address, 4L * count);
    List<Region> regions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      regions.add(region(sides, 4 * i));
    }
    return regions;
  }

  private static Region region(int[] sides, int at) {
    try {
      return new Region(sides[at], sides[at + 1], sides[at + 2], sides[at + 3]);
    } catch (IllegalArgumentException e) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
  }

  private static List<String> texts(Guest guest, int address, int count) {
    if (count < 0 || count > MOST_TEXTS) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
    int[] places = guest.memory().integers(address, 2L * count);
    List<String> texts = new ArrayList<>(count);
    long bytes = 0;
    for (int i = 0; i < places.length; i += 2) {
      bytes += places[i + 1];
      if (places[i + 1] < 0 || bytes > MOST_TEXT_BYTES) {
        throw new Tripped(Trip.Kind.BAD_CALL);
      }
      texts.add(guest.memory().text(places[i], places[i + 1]));
    }
    return texts;
  }
}
