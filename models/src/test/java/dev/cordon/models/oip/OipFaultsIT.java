package dev.cordon.models.oip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.BadServer.Answer;
import dev.cordon.models.oip.OipTensor.Longs;
import dev.cordon.models.oip.TargetException.Kind;
import dev.cordon.models.onnx.Cancellation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a target may do wrong ends as a refusal within the deadline, and says nothing of content.
 */
class OipFaultsIT {
  private static final Inference INFERENCE =
      new Inference(
          "m",
          null,
          List.of(new OipTensor("ids", List.of(1L, 1L), new Longs(new long[] {4711}))),
          new Inference.Expected("answer", Datatype.FP32, List.of(1L, 2L)));
  private static final Answer DESCRIPTION = Answer.json("{'name':'bad','extensions':[]}");
  private static final Answer GOOD =
      Answer.json(
          "{'outputs':[{'name':'answer','datatype':'FP32','shape':[1,2],'data':[0.5,0.25]}]}");

  /** A server that describes itself and answers everything else from the script. */
  private static BadServer server(BadServer.Script script) throws Exception {
    return new BadServer(
        (number, request) ->
            request.path().equals("/v2") ? DESCRIPTION : script.answer(number - 1, request));
  }

  private static TargetOptions options(URI uri, TargetOptions.Credentials credentials) {
    return new TargetOptions(uri, "m", null, null, credentials, Duration.ofSeconds(20), 3, 8, null);
  }

  private static Kind refusal(BadServer server) throws Exception {
    try (OipTarget target = OipTarget.open(options(server.uri(), null))) {
      TargetException e =
          assertThrows(
              TargetException.class,
              () -> target.infer(INFERENCE, Departure.UNTOLD, Cancellation.none()));
      for (String content : List.of("4711", "a cat", "0.5")) {
        assertFalse(e.toString().contains(content), e.toString());
        assertFalse(e.forCaller().toString().contains(content));
      }
      return e.kind();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void aBusyTargetIsTriedThreeTimes(int status) throws Exception {
    try (BadServer server = server((_, _) -> Answer.of(status, "ids 4711 of a cat"))) {
      assertEquals(Kind.OVERLOADED, refusal(server));
      assertEquals(4, server.requests().size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 413, 500, 201, 302})
  void aRefusalIsNotTriedAgain(int status) throws Exception {
    try (BadServer server =
        server(
            (_, _) ->
                new Answer(
                    status, Map.of("Location", "http://127.0.0.1:9/"), "a cat".getBytes()))) {
      assertEquals(Kind.REFUSED, refusal(server));
      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void anAnswerThatIsTooLongOrCompressedIsRefused() throws Exception {
    Answer packed = new Answer(200, Map.of("Content-Encoding", "gzip"), GOOD.body());
    try (BadServer server = server((_, _) -> Answer.of(200, " ".repeat(1 << 20)))) {
      assertEquals(Kind.MALFORMED, refusal(server));
      assertEquals(2, server.requests().size());
    }
    try (BadServer server = server((_, _) -> packed)) {
      assertEquals(Kind.MALFORMED, refusal(server));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "99999999999", "4096"})
  void aHeaderLengthThatLiesIsRefused(String length) throws Exception {
    Map<String, String> header = Map.of("Inference-Header-Content-Length", length);
    try (BadServer server = server((_, _) -> new Answer(200, header, GOOD.body()))) {
      assertEquals(Kind.MALFORMED, refusal(server));
    }
  }

  @Test
  void aSilentTargetIsLeftAtTheDeadline() throws Exception {
    try (BadServer server = server((_, _) -> null);
        OipTarget target = OipTarget.open(options(server.uri(), null));
        Cancellation call = Cancellation.after(Duration.ofMillis(500))) {
      TargetException e =
          assertThrows(
              TargetException.class, () -> target.infer(INFERENCE, Departure.UNTOLD, call));
      assertEquals(Kind.CANCELLED, e.kind());
    }
  }

  @Test
  void aCallThatNobodyWaitsForIsLeft() throws Exception {
    Cancellation call = Cancellation.none();
    BadServer.Script cancelling =
        (_, _) -> {
          call.cancel();
          return null;
        };
    try (BadServer server = server(cancelling);
        OipTarget target = OipTarget.open(options(server.uri(), null))) {
      TargetException e =
          assertThrows(
              TargetException.class, () -> target.infer(INFERENCE, Departure.UNTOLD, call));
      assertEquals(Kind.CANCELLED, e.kind());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "grpc"})
  void aTargetThatIsNotThereIsUnreachable(String scheme) throws Exception {
    URI gone;
    try (BadServer server = server((_, _) -> GOOD)) {
      gone = URI.create(scheme + "://127.0.0.1:" + server.uri().getPort());
    }
    try (OipTarget target = OipTarget.open(options(gone, null))) {
      TargetException e =
          assertThrows(
              TargetException.class,
              () -> target.infer(INFERENCE, Departure.UNTOLD, Cancellation.none()));
      assertEquals(Kind.UNREACHABLE, e.kind());
    }
  }

  private static TargetOptions.Credentials credentials(BadServer tokens) {
    return new TargetOptions.Credentials(
        tokens.uri().resolve("/token"), "cordon", "s3cret", "infer");
  }

  @Test
  void aTokenIsAskedForOnceAndReplacedWhenItIsRefused() throws Exception {
    try (BadServer tokens =
            new BadServer(
                (n, _) ->
                    Answer.json(
                        "{'access_token':'t%d','token_type':'Bearer','expires_in':300}"
                            .formatted(n)));
        BadServer server =
            new BadServer(
                (_, request) ->
                    request.path().equals("/v2")
                        ? DESCRIPTION
                        : "Bearer t2".equals(request.authorization()) ? GOOD : Answer.of(401, ""));
        OipTarget target = OipTarget.open(options(server.uri(), credentials(tokens)))) {
      for (int i = 0; i < 3; i++) {
        target.infer(INFERENCE, Departure.UNTOLD, Cancellation.none());
      }
      assertEquals(2, tokens.requests().size());
      BadServer.Request asked = tokens.requests().getFirst();
      assertEquals("grant_type=client_credentials&scope=infer", asked.body());
      assertEquals("Basic Y29yZG9uOnMzY3JldA==", asked.authorization());
      assertTrue(
          server.requests().stream().allMatch(r -> r.authorization().startsWith("Bearer t")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'access_token':'a b','token_type':'Bearer','expires_in':300}",
        "{'access_token':'abc','token_type':'mac','expires_in':300}",
        "{'access_token':'','token_type':'Bearer'}",
        "{}",
        "no"
      })
  void aTokenThatIsNoneGoesNowhere(String answer) throws Exception {
    try (BadServer tokens = new BadServer((_, _) -> Answer.json(answer));
        BadServer server = new BadServer((_, _) -> GOOD);
        OipTarget target = OipTarget.open(options(server.uri(), credentials(tokens)))) {
      TargetException e =
          assertThrows(
              TargetException.class,
              () -> target.infer(INFERENCE, Departure.UNTOLD, Cancellation.none()));
      assertEquals(Kind.MALFORMED, e.kind());
      assertEquals(List.of(), server.requests());
    }
  }
}
