package dev.cordon.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PixelRoomTest {
  private static final int MEBIBYTE = 1 << 20;

  @Test
  void aPictureWaitsUntilAnotherIsClosed() throws Exception {
    PixelRoom room = new PixelRoom(16L * MEBIBYTE);
    AtomicBoolean closed = new AtomicBoolean();
    try (var second = Executors.newVirtualThreadPerTaskExecutor()) {
      PixelRoom.Place first = room.take(700_000);
      Future<Boolean> seen =
          second.submit(
              () -> {
                PixelRoom.Place place = room.take(700_000);
                boolean after = closed.get();
                place.close();
                return after;
              });
      closed.set(true);
      first.close();
      assertEquals(true, seen.get());
    }
  }

  @Test
  void smallPicturesGoTogether() throws Exception {
    PixelRoom room = new PixelRoom(16L * MEBIBYTE);
    PixelRoom.Place one = room.take(400_000);
    PixelRoom.Place two = room.take(400_000);
    one.close();
    two.close();
  }

  @Test
  void aPictureLargerThanAllRoomIsAloneAndGivesItBackOnce() throws Exception {
    PixelRoom room = new PixelRoom(MEBIBYTE);
    for (int i = 0; i < 3; i++) {
      PixelRoom.Place place = room.take(50_000_000);
      place.close();
      place.close();
    }
  }
}
