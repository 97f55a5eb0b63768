package dev.cordon.sandbox.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins that try to harm: each is ended, told of once, and can be called again. */
@Timeout(30)
class HostilePluginTest {
  @AfterEach
  void noGuestIsLeftRunning() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      assertFalse(thread.getName().equals("cordon-guest") && thread.isAlive());
    }
    assertFalse(Thread.interrupted());
  }

  @ParameterizedTest
  @CsvSource({
    "loop, TIME",
    "start, TIME",
    "fork, TIME",
    "fill, TIME",
    "memory, MEMORY",
    "calls, HOST_CALLS",
    "findings, OUTPUT",
    "giant, OUTPUT",
    "deep, STACK",
    "trap, TRAP",
    "divide, TRAP",
    "bad-data, TRAP",
    "nan, BAD_FINDING",
    "outside-image, BAD_FINDING",
    "outside-memory, BAD_CALL",
    "negative, BAD_CALL",
    "amplify, BAD_CALL",
    "answer, BAD_CALL"
  })
  void isEndedAndToldOf(String module, Trip.Kind kind) throws Exception {
    try (Call call = new Call(module)) {
      for (int time = 1; time <= 2; time++) {
        PluginException end = assertThrows(PluginException.class, () -> call.ask("cup"));
        assertEquals(PluginException.Kind.FAULT, end.kind());
        assertEquals(time, call.trips.size());
        assertEquals(kind, call.trips.getLast().kind(), () -> "cause " + end.getCause());
        assertEquals("probe", call.trips.getLast().plugin());
      }
    }
  }

  @Test
  void anEndlessLoopEndsSoonAfterItsTime() throws Exception {
    try (Call call = new Call("loop")) {
      long from = System.nanoTime();
      assertThrows(PluginException.class, () -> call.ask("cup"));
      long millis = (System.nanoTime() - from) / 1_000_000;
      assertTrue(millis >= 300 && millis < 2_000, () -> "ended after " + millis + " ms");
    }
  }

  @Test
  void knowsNothingOfAnotherCall() throws Exception {
    try (Call call = new Call("remember")) {
      for (int i = 0; i < 20; i++) {
        String label = "secret " + i;
        assertEquals(List.of(new Finding.Tag(label, 0)), call.ask(label));
      }
    }
  }

  @Test
  void knowsNothingOfACallBesideIt() throws Exception {
    try (Call call = new Call("remember");
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Callable<List<Finding>>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String label = "secret " + i;
        calls.add(() -> call.ask(label));
      }
      List<Future<List<Finding>>> answers = pool.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        assertEquals(List.of(new Finding.Tag("secret " + i, 0)), answers.get(i).get());
      }
    }
  }

  /** What it says is for the host's screen to refuse, as with any plugin. */
  @Test
  void anInventedLabelComesOutAsAFinding() throws Exception {
    try (Call call = new Call("invented")) {
      assertEquals(List.of(new Finding.Tag("angry man", 0.9f)), call.ask("cup"));
      assertEquals(List.of(), call.trips);
    }
  }

  /** The host computes on the caller's stack, so it does not run out of one in the midst of it. */
  @Test
  void aDeepGuestDoesNotTakeTheHostsStack() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    try (Call call = new Call(SandboxLimits.DEFAULT, "deep-call")) {
      assertThrows(
          PluginException.class,
          () ->
              call.ask(
                  (region, text) -> {
                    begun.incrementAndGet();
                    depth(200);
                    ended.incrementAndGet();
                    return 0;
                  },
                  "cup"));
      assertTrue(
          call.trips.getFirst().kind() == Trip.Kind.STACK
              || call.trips.getFirst().kind() == Trip.Kind.HOST_CALLS,
          call.trips::toString);
    }
    assertTrue(begun.get() > 100, begun::toString);
    assertEquals(begun.get(), ended.get());
  }

  private static int depth(int left) {
    return left == 0 ? 0 : 1 + depth(left - 1);
  }

  /** And their answers are their own. */
  @ParameterizedTest
  @ValueSource(strings = {"loop", "fill", "memory", "calls", "giant", "findings", "deep"})
  void othersAreAnsweredMeanwhile(String module) throws Exception {
    try (Call hostile = new Call(module);
        Call good = new Call("remember");
        ExecutorService pool = Executors.newFixedThreadPool(1)) {
      Future<?> hanging =
          pool.submit(
              () -> {
                for (int i = 0; i < 2; i++) {
                  assertThrows(PluginException.class, () -> hostile.ask("cup"));
                }
              });
      int answered = 0;
      while (!hanging.isDone() || answered < 5) {
        String label = "secret " + answered++;
        assertEquals(List.of(new Finding.Tag(label, 0)), good.ask(label));
      }
      hanging.get();
      assertEquals(List.of(), good.trips);
      assertEquals(2, hostile.trips.size());
    }
  }

  @Test
  void timeStandsStillWhileTheHostWorks() throws Exception {
    try (Call call = new Call("prompts")) {
      call.ask(
          (region, text) -> {
            sleep(10);
            return 0.1;
          },
          "cup");
      assertEquals(List.of(), call.trips);
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
