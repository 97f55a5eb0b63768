package dev.cordon.models.oip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.BadServer.Answer;
import dev.cordon.models.oip.OipTensor.Floats;
import dev.cordon.models.oip.OipTensor.Longs;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.spi.PluginException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Every request is told of before it leaves, and when it has ended: retries and hedges too. */
class DeparturesIT {
  private static final Inference INFERENCE =
      new Inference(
          "m",
          null,
          List.of(new OipTensor("ids", List.of(1L, 1L), new Longs(new long[] {4711}))),
          new Inference.Expected("answer", Datatype.FP32, List.of(1L, 2L)));
  private static final Answer GOOD =
      Answer.json(
          "{'outputs':[{'name':'answer','datatype':'FP32','shape':[1,2],'data':[0.5,0.25]}]}");
  private static final Duration SOON = Duration.ofMillis(100);

  /** A server whose description is no part of the script. */
  private static BadServer server(BadServer.Script script) throws Exception {
    AtomicInteger number = new AtomicInteger();
    return new BadServer(
        (_, request) ->
            request.path().equals("/v2")
                ? Answer.json("{'name':'bad','extensions':[]}")
                : script.answer(number.incrementAndGet(), request));
  }

  private static long asked(BadServer server) {
    return server.requests().stream().filter(request -> !request.path().equals("/v2")).count();
  }

  private static OipTarget target(BadServer server, Duration hedge) throws Exception {
    return OipTarget.open(
        new TargetOptions(
            server.uri(), "m", null, null, null, Duration.ofSeconds(20), 3, 8, hedge));
  }

  /** Counts who left and who came back; from a given departure on, nothing may leave. */
  private static final class Books implements Departure {
    private final int most;
    private int left;
    private int ended;

    Books(int most) {
      this.most = most;
    }

    @Override
    public Stay leaving(List<OipTensor> tensors) throws PluginException {
      assertEquals(INFERENCE.inputs(), tensors);
      if (left == most) {
        throw new PluginException(PluginException.Kind.NOT_PERMITTED, "the budget is spent");
      }
      left++;
      return nanos -> {
        assertTrue(nanos > 0);
        ended++;
      };
    }
  }

  private static void answers(OipTarget target, Books books) throws Exception {
    Floats answer = (Floats) target.infer(INFERENCE, books, Cancellation.none());
    assertArrayEquals(new float[] {0.5f, 0.25f}, answer.array());
    assertEquals(books.left, books.ended, "every request has ended");
  }

  @Test
  void whoeverIsToldCanKeepTheTensorsHere() throws Exception {
    try (BadServer server = server((_, _) -> GOOD);
        OipTarget target = target(server, null)) {
      IllegalStateException noRecord = new IllegalStateException("no record");
      Departure kept =
          _ -> {
            throw noRecord;
          };
      assertSame(
          noRecord,
          assertThrows(
              IllegalStateException.class,
              () -> RemoteVectors.ask(target, INFERENCE, 2, kept, Cancellation.none())));
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  void aRetryIsADepartureToo() throws Exception {
    try (BadServer server = server((n, _) -> n < 3 ? Answer.of(503, "") : GOOD);
        OipTarget target = target(server, null)) {
      Books books = new Books(3);
      answers(target, books);
      assertEquals(3, books.left);
    }
  }

  @Test
  void aRetryThatMayNotLeaveEndsTheCall() throws Exception {
    try (BadServer server = server((_, _) -> Answer.of(503, ""));
        OipTarget target = target(server, null)) {
      Books books = new Books(2);
      PluginException e =
          assertThrows(
              PluginException.class, () -> target.infer(INFERENCE, books, Cancellation.none()));
      assertEquals(PluginException.Kind.NOT_PERMITTED, e.kind());
      assertEquals(2, asked(server));
    }
  }

  @Test
  void withoutAHedgeASlowTargetIsAskedOnce() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    try (BadServer server = server((_, _) -> after(late));
        OipTarget target = target(server, null)) {
      Books books = new Books(9);
      Thread.ofVirtual().start(() -> release(late));
      answers(target, books);
      assertEquals(1, books.left);
    }
  }

  @Test
  void aSlowTargetIsAskedAgainAndTheFirstAnswerCounts() throws Exception {
    try (BadServer server = server((n, _) -> n == 1 ? null : GOOD);
        OipTarget target = target(server, SOON)) {
      Books books = new Books(9);
      answers(target, books);
      assertEquals(2, books.left);
      assertEquals(2, asked(server));
    }
  }

  @Test
  void aQuickTargetIsAskedOnce() throws Exception {
    try (BadServer server = server((_, _) -> GOOD);
        OipTarget target = target(server, Duration.ofSeconds(15))) {
      Books books = new Books(9);
      answers(target, books);
      assertEquals(1, books.left);
    }
  }

  @Test
  void aHedgeThatMayNotLeaveTakesNothingFromTheFirst() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    try (BadServer server = server((_, _) -> after(late));
        OipTarget target = target(server, SOON)) {
      Books books = new Books(1);
      Thread.ofVirtual().start(() -> release(late));
      answers(target, books);
      assertEquals(1, books.left);
    }
  }

  @Test
  void aHedgeThatFailsLeavesTheFirst() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    try (BadServer server =
            server(
                (n, _) -> {
                  if (n > 1) {
                    Thread.ofVirtual().start(() -> release(failed));
                    return Answer.of(400, "");
                  }
                  return after(failed);
                });
        OipTarget target = target(server, SOON)) {
      Books books = new Books(9);
      answers(target, books);
      assertEquals(2, books.left);
    }
  }

  @Test
  void bothFailingIsAFailureThatIsTriedAgain() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (BadServer server =
            server(
                (n, _) -> {
                  if (n == 2) {
                    second.countDown();
                  }
                  if (n == 1) {
                    await(second);
                  }
                  return n < 3 ? Answer.of(503, "") : GOOD;
                });
        OipTarget target = target(server, SOON)) {
      Books books = new Books(9);
      answers(target, books);
      assertTrue(books.left >= 3, () -> books.left + " requests");
    }
  }

  @Test
  void aHedgedCallEndsWithItsDeadline() throws Exception {
    try (BadServer server = server((_, _) -> null);
        OipTarget target = target(server, SOON);
        Cancellation call = Cancellation.after(Duration.ofMillis(500))) {
      Books books = new Books(9);
      TargetException e =
          assertThrows(TargetException.class, () -> target.infer(INFERENCE, books, call));
      assertEquals(TargetException.Kind.CANCELLED, e.kind());
      assertEquals(2, books.left);
      assertEquals(2, books.ended);
    }
  }

  private static Answer after(CountDownLatch latch) {
    await(latch);
    return GOOD;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Well after a hedge of {@link #SOON} is due. */
  private static void release(CountDownLatch latch) {
    try {
      Thread.sleep(Duration.ofMillis(600));
      latch.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
