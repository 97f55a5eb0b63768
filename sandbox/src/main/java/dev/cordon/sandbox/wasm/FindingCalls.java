package dev.cordon.sandbox.wasm;

import static dev.cordon.sandbox.wasm.HostCall.does;

import dev.cordon.sandbox.wasm.HostCall.Arguments;
import dev.cordon.spi.Finding;
import java.util.List;
import java.util.Optional;

/** What a guest found, one call a finding, best first. */
final class FindingCalls {
  static final List<HostCall> ALL =
      List.of(
          does("found_tag", "iif", (guest, a) -> guest.found().tag(text(guest, a), score(a))),
          does(
              "found_box",
              "iifiiii",
              (guest, a) -> guest.found().box(text(guest, a), score(a), a.integers(3, 4))),
          does("found_prompt", "iifiiiiii", FindingCalls::prompt),
          does(
              "found_caption",
              "iifii",
              (guest, a) ->
                  guest
                      .found()
                      .caption(
                          text(guest, a),
                          score(a),
                          guest.memory().text(a.integer(3), a.integer(4)))),
          does("found_match", "iif", (guest, a) -> guest.found().match(text(guest, a), score(a))));

  private FindingCalls() {}

  private static String text(Guest guest, Arguments a) {
    guest.found().requireRoom(a.integer(1));
    return guest.memory().text(a.integer(0), a.integer(1));
  }

  private static float score(Arguments a) {
    return a.decimal(2);
  }

  /** An address of 0 stands for no box or no mask. */
  private static void prompt(Guest guest, Arguments a) {
    int[] points = guest.memory().integers(a.integer(3), 3L * a.integer(4));
    Optional<int[]> box =
        a.integer(5) == 0
            ? Optional.empty()
            : Optional.of(guest.memory().integers(a.integer(5), 4));
    guest
        .found()
        .prompt(
            text(guest, a),
            score(a),
            points,
            box,
            mask(guest, a.integer(6), a.integer(7), a.integer(8)));
  }

  private static Optional<Finding.LowResolutionMask> mask(
      Guest guest, int address, int width, int height) {
    if (address == 0) {
      return Optional.empty();
    }
    guest.found().spendMask(width, height);
    float[] logits = guest.memory().floats(address, (long) width * height);
    return Optional.of(guest.found().mask(width, height, logits));
  }
}
