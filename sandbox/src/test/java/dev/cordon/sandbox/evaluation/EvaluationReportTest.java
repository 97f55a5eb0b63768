package dev.cordon.sandbox.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.sandbox.evaluation.EvaluationRefusedException.Reason;
import dev.cordon.sandbox.evaluation.Result.Figure;
import dev.cordon.sandbox.evaluation.Result.Outcome;
import dev.cordon.sandbox.pack.SignedText;
import dev.cordon.sandbox.pack.SigningKey;
import dev.cordon.sandbox.pack.TrustedPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R50")
class EvaluationReportTest {
  private static final SigningKey KEY = SigningKey.generate();
  private static final SigningKey OTHER = SigningKey.generate();
  private static final TrustedPublishers TRUSTED =
      TrustedPublishers.of(
          Map.of("acme-lab", List.of(KEY.publicHalf()), "globex", List.of(OTHER.publicHalf())));
  private static final String PACKAGE = "ab".repeat(32);

  private static EvaluationReport report(Check... failed) {
    return report("acme-lab", failed);
  }

  private static EvaluationReport report(String evaluator, Check... failed) {
    return new EvaluationReport(
        PACKAGE,
        "1.0",
        "cd".repeat(32),
        "0.1.0",
        Instant.parse("2026-11-29T06:00:00.120Z"),
        evaluator,
        Stream.of(Check.values())
            .map(
                check ->
                    new Result(
                        check,
                        Arrays.asList(failed).contains(check) ? Outcome.FAILED : Outcome.PASSED,
                        figure(check)))
            .toList());
  }

  private static Optional<Figure> figure(Check check) {
    return switch (check) {
      case LATENCY_P50 -> Optional.of(Figure.millis(9_871_499));
      case NO_TRIP -> Optional.of(Figure.count(230, "calls"));
      default -> Optional.empty();
    };
  }

  private static Reason refusal(byte[] bytes) {
    return assertThrows(
            EvaluationRefusedException.class, () -> EvaluationReport.read(bytes, TRUSTED))
        .reason();
  }

  private static byte[] signed(String statement) {
    return SignedText.sign(statement, KEY).write();
  }

  @Test
  void isReadAsItWasSigned() throws Exception {
    EvaluationReport read = EvaluationReport.read(report().sign(KEY), TRUSTED);
    assertEquals(report(), read);
    assertTrue(read.passed());
    assertEquals(read, read.requireOf(PACKAGE));
    assertTrue(read.statement().contains("\nlatency-p50 passed 9.871 ms\n"), read::statement);
    assertTrue(read.statement().contains("\ntime 2026-11-29T06:00:00.120Z\n"), read::statement);
    assertTrue(read.statement().endsWith("\nno-trip passed 230 calls\nverdict passed\n"));
  }

  @Test
  void itsDigestIsThatOfWhatWasSigned() throws Exception {
    String text = new String(report().sign(KEY), StandardCharsets.US_ASCII);
    String statement = text.substring(0, text.indexOf("\n\n") + 1);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(statement.getBytes(StandardCharsets.US_ASCII));
    assertEquals(HexFormat.of().formatHex(digest), report().digest());
  }

  @Test
  void oneThatFailedCanBeReadAndDidNotPass() throws Exception {
    EvaluationReport read = EvaluationReport.read(report(Check.NO_TRIP).sign(KEY), TRUSTED);
    assertFalse(read.passed());
    assertTrue(read.statement().endsWith("\nverdict failed\n"));
  }

  @Test
  void anyFlippedBitIsRefused() {
    byte[] sound = report().sign(KEY);
    for (int at = 0; at < sound.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = sound.clone();
        flipped[at] ^= (byte) (1 << bit);
        refusal(flipped);
      }
    }
  }

  @Test
  void anyCutAndAnyByteMoreIsRefused() {
    byte[] sound = report().sign(KEY);
    for (int length = 0; length < sound.length; length++) {
      refusal(Arrays.copyOf(sound, length));
    }
    refusal(Arrays.copyOf(sound, sound.length + 1));
    assertEquals(Reason.MALFORMED, refusal(new byte[1 << 20]));
  }

  @Test
  void oneWithoutASignatureOrOfAStrangerIsRefused() {
    assertEquals(
        Reason.UNSIGNED, refusal(report().statement().getBytes(StandardCharsets.US_ASCII)));
    assertEquals(Reason.STRANGER, refusal(report().sign(SigningKey.generate())));
    assertEquals(Reason.IMPOSTOR, refusal(report().sign(OTHER)));
  }

  @Test
  void aSignatureOfAnotherReportIsRefused() {
    String one = new String(report().sign(KEY), StandardCharsets.US_ASCII);
    String other = new String(report(Check.OPTIONS).sign(KEY), StandardCharsets.US_ASCII);
    String mixed = report().statement() + other.substring(other.indexOf("\n\n") + 1);
    assertEquals(one.length(), mixed.length());
    assertEquals(Reason.CHANGED, refusal(mixed.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void oneAboutAnotherPackageIsRefused() {
    assertEquals(
        Reason.OTHER_PACKAGE,
        assertThrows(EvaluationRefusedException.class, () -> report().requireOf("ba".repeat(32)))
            .reason());
  }

  /** Each is signed by a trusted evaluator. */
  @ParameterizedTest
  @CsvSource({
    "cordon plugin evaluation 1, cordon plugin package 1",
    "verdict passed, verdict failed",
    "options passed, options failed",
    "options passed, options skipped",
    "'options passed\n', ''",
    "options passed, 'options passed\noptions passed'",
    "options passed, sound-findings passed",
    "9.871 ms, 09.871 ms",
    "9.871 ms, 9.87 ms",
    "9.871 ms, -9.871 ms",
    "9.871 ms, 9.871  ms",
    "2026-11-29T06:00:00.120Z, 2026-11-29T06:00:00Z",
    "2026-11-29T06:00:00.120Z, 2026-02-30T06:00:00.120Z",
    "2026-11-29T06:00:00.120Z, 2026-11-29T24:00:00.000Z",
    "evaluator acme-lab, evaluator Acme",
    "spi 1.0, spi 01.0",
    "package ab, package AB",
    "verdict passed, 'verdict passed\nmore'"
  })
  void aStatementInAnyOtherFormIsRefused(String words, String others) {
    String statement = report().statement();
    assertTrue(statement.contains(words), words);
    assertEquals(Reason.MALFORMED, refusal(signed(statement.replaceFirst(words, others))));
  }

  @Test
  void nothingIsSignedThatCouldNotBeRead() {
    assertThrows(IllegalArgumentException.class, () -> report("No Name").sign(KEY));
    assertThrows(IllegalArgumentException.class, () -> report("a\nverdict passed").sign(KEY));
    List<Result> few = report().results().subList(1, 3);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new EvaluationReport(PACKAGE, "1.0", PACKAGE, "0.1.0", Instant.EPOCH, "acme-lab", few));
  }
}
