package dev.cordon.sandbox.wasm;

import static dev.cordon.sandbox.wasm.HostCall.bits;
import static dev.cordon.sandbox.wasm.HostCall.does;
import static dev.cordon.sandbox.wasm.HostCall.gives;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Question;
import java.util.List;

/** What is asked, how, and of what image. Served from what the host handed over before. */
final class QuestionCalls {
  static final List<HostCall> ALL =
      List.of(
          gives("question", ":i", (guest, arguments) -> kind(guest.question())),
          gives("text_count", "i:i", (guest, a) -> guest.texts().count(a.integer(0))),
          gives(
              "text_size",
              "ii:i",
              (guest, a) -> guest.texts().text(a.integer(0), a.integer(1)).length),
          does(
              "text_read",
              "iii",
              (guest, a) ->
                  guest
                      .memory()
                      .write(a.integer(2), guest.texts().text(a.integer(0), a.integer(1)))),
          gives("top_k", ":i", (guest, a) -> guest.options().topK()),
          gives("threshold", ":f", (guest, a) -> bits(guest.options().threshold())),
          gives("mode", ":i", (guest, a) -> guest.options().mode().ordinal()),
          gives("width", ":i", (guest, a) -> guest.image().map(ImageGeometry::width).orElse(0)),
          gives("height", ":i", (guest, a) -> guest.image().map(ImageGeometry::height).orElse(0)),
          gives("quality", "i:d", (guest, a) -> quality(guest.quality(), a.integer(0))));

  private QuestionCalls() {}

  private static int kind(Question question) {
    return switch (question) {
      case Question.Labels _ -> 0;
      case Question.Text _ -> 1;
      case Question.Open _ -> 2;
    };
  }

  private static long quality(ImageQuality quality, int which) {
    return Double.doubleToRawLongBits(
        switch (which) {
          case 0 -> quality.brightness();
          case 1 -> quality.contrast();
          case 2 -> quality.sharpness();
          default -> throw new Tripped(Trip.Kind.BAD_CALL);
        });
  }
}
