package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Two toys take each other's place. */
class ModelSlotIT {
  @Test
  void aReplacedModelAnswersItsBorrowersAndIsThenClosed() throws Exception {
    OnnxImageTextModel old = FamiliesIT.load("clip-vit-b32");
    OnnxImageTextModel next = FamiliesIT.load("siglip-base");
    try (ModelSlot slot = new ModelSlot()) {
      slot.put(null, old);
      ModelSlot.Loan first = slot.borrow().orElseThrow();
      ModelSlot.Loan second = slot.borrow().orElseThrow();

      slot.put(null, next);

      assertSame(next, slot.borrow().orElseThrow().model());
      first.close();
      first.close();
      assertEquals(512, second.model().embedText("a cat").length);
      second.close();
      assertThrows(PluginException.class, () -> old.embedText("a dog"));
    }
    assertEquals(768, next.embedText("a cat").length, "a borrower has it still");
    next.close();
  }

  @Test
  void anEmptySlotLendsNothing() throws Exception {
    ModelSlot slot = new ModelSlot();
    assertTrue(slot.borrow().isEmpty());
    OnnxImageTextModel model = FamiliesIT.load("clip-vit-b32");
    slot.put(null, model);

    slot.close();

    assertTrue(slot.borrow().isEmpty());
    assertThrows(PluginException.class, () -> model.embedText("a cat"));
  }

  @Test
  void noCallMeetsAClosedModel() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (ModelSlot slot = new ModelSlot();
        ExecutorService callers = Executors.newFixedThreadPool(4)) {
      slot.put(null, FamiliesIT.load("clip-vit-b32"));
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(callers.submit(() -> call(slot, done)));
      }
      try {
        for (int i = 0; i < 20; i++) {
          slot.put(null, FamiliesIT.load(i % 2 == 0 ? "siglip-base" : "clip-vit-b32"));
        }
      } finally {
        done.set(true);
      }
      for (Future<Integer> caller : running) {
        assertTrue(caller.get() > 0);
      }
    }
  }

  private static int call(ModelSlot slot, AtomicBoolean done) throws PluginException {
    int calls = 0;
    do {
      try (ModelSlot.Loan loan = slot.borrow().orElseThrow()) {
        loan.model().embedText("text " + calls++);
      }
    } while (!done.get());
    return calls;
  }
}
