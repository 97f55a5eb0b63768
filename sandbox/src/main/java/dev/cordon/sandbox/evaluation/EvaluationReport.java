package dev.cordon.sandbox.evaluation;

import dev.cordon.sandbox.evaluation.EvaluationRefusedException.Reason;
import dev.cordon.sandbox.evaluation.Result.Figure;
import dev.cordon.sandbox.evaluation.Result.Outcome;
import dev.cordon.sandbox.pack.SignedText;
import dev.cordon.sandbox.pack.SigningKey;
import dev.cordon.sandbox.pack.TrustedPublishers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an evaluator found out about a package. Every check has one result, in the order of {@link
 * Check}.
 *
 * @param packageDigest lower-case hex
 * @param spiVersion of the host that ran it
 * @param modelDigest of the model package it was run with, lower-case hex
 * @param hostVersion of the program that ran it
 * @param time in milliseconds
 * @param evaluator name under which the signer is trusted
 */
public record EvaluationReport(
    String packageDigest,
    String spiVersion,
    String modelDigest,
    String hostVersion,
    Instant time,
    String evaluator,
    List<Result> results) {
  private static final int MOST_BYTES = 1 << 14;
  private static final String TITLE = "cordon plugin evaluation 1\n";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern HEAD =
      Pattern.compile(
          TITLE
              + """
              package ([0-9a-f]{64})
              spi ((?:0|[1-9][0-9]{0,3})\\.(?:0|[1-9][0-9]{0,3}))
              model ([0-9a-f]{64})
              host ([0-9A-Za-z.+-]{1,64})
              time ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z)
              evaluator ([a-z0-9]+(?:-[a-z0-9]+)*)
              """);
  private static final Pattern RESULT =
      Pattern.compile(
          "([a-z0-9-]+) (passed|failed)(?: ((?:0|[1-9][0-9]{0,11})(?:\\.[0-9]{3})?) ([a-z]{1,16}))?");

  public EvaluationReport {
    results = List.copyOf(results);
    if (!results.stream().map(Result::check).toList().equals(List.of(Check.values()))) {
      throw new IllegalArgumentException("a report has every check once, in order");
    }
  }

  /** Whether every check passed; only then may the package be enabled. */
  public boolean passed() {
    return results.stream().allMatch(result -> result.outcome() == Outcome.PASSED);
  }

  /** SHA-256 of the statement, lower-case hex: what a leaf says of a report. */
  public String digest() {
    return SignedText.digest(statement());
  }

  /** The bytes of a report; one that could not be read again is refused. */
  public byte[] sign(SigningKey key) {
    try {
      parse(statement());
    } catch (EvaluationRefusedException e) {
      throw new IllegalArgumentException("a field of the report does not have its form", e);
    }
    return SignedText.sign(statement(), key).write();
  }

  /** Believes a report that one of these evaluators signed; any other is refused. */
  public static EvaluationReport read(byte[] bytes, TrustedPublishers evaluators)
      throws EvaluationRefusedException {
    if (bytes.length > MOST_BYTES) {
      throw refused(Reason.MALFORMED, "the report is larger than 16 KiB");
    }
    SignedText text =
        SignedText.read(bytes)
            .orElseThrow(() -> refused(Reason.UNSIGNED, "the report is not a signed text"));
    switch (text.standing(evaluators)) {
      case SOUND -> {}
      case STRANGER ->
          throw refused(
              Reason.STRANGER,
              "the report is of a key that is not trusted: `" + text.keyId() + "`");
      case CHANGED -> throw refused(Reason.CHANGED, "the signature of the report does not verify");
    }
    EvaluationReport report = parse(text.statement());
    if (!evaluators.publisherOf(text.keyId()).orElseThrow().equals(report.evaluator())) {
      throw refused(
          Reason.IMPOSTOR,
          "`evaluator` is `" + report.evaluator() + "`, whose key is not the one that signed");
    }
    return report;
  }

  /** This report, if it is about the package with that digest. */
  public EvaluationReport requireOf(String digest) throws EvaluationRefusedException {
    if (!packageDigest.equals(digest)) {
      throw refused(Reason.OTHER_PACKAGE, "the report is about another package");
    }
    return this;
  }

  /** What is signed. */
  public String statement() {
    return TITLE
        + "package %s\nspi %s\nmodel %s\nhost %s\ntime %s\nevaluator %s\n"
            .formatted(
                packageDigest, spiVersion, modelDigest, hostVersion, TIME.format(time), evaluator)
        + results.stream().map(result -> result.line() + "\n").collect(Collectors.joining())
        + "verdict "
        + verdict().word()
        + "\n";
  }

  private Outcome verdict() {
    return passed() ? Outcome.PASSED : Outcome.FAILED;
  }

  private static EvaluationReport parse(String statement) throws EvaluationRefusedException {
    Matcher head = HEAD.matcher(statement);
    if (!head.lookingAt()) {
      throw malformed();
    }
    try {
      EvaluationReport report =
          new EvaluationReport(
              head.group(1),
              head.group(2),
              head.group(3),
              head.group(4),
              Instant.from(TIME.parse(head.group(5))),
              head.group(6),
              results(statement.substring(head.end())));
      if (report.statement().equals(statement)) {
        return report;
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw malformed();
    }
    throw malformed();
  }

  /** The last line is the verdict, which follows from the others. */
  private static List<Result> results(String lines) throws EvaluationRefusedException {
    List<Result> results = new ArrayList<>();
    List<String> all = lines.lines().toList();
    for (String line : all.subList(0, Math.max(0, all.size() - 1))) {
      Matcher result = RESULT.matcher(line);
      if (!result.matches()) {
        throw malformed();
      }
      results.add(
          new Result(
              check(result.group(1)),
              Outcome.valueOf(result.group(2).toUpperCase(Locale.ROOT)),
              Optional.ofNullable(result.group(3))
                  .map(value -> new Figure(new BigDecimal(value), result.group(4)))));
    }
    return results;
  }

  private static Check check(String word) throws EvaluationRefusedException {
    return Stream.of(Check.values())
        .filter(check -> check.word().equals(word))
        .findFirst()
        .orElseThrow(EvaluationReport::malformed);
  }

  private static EvaluationRefusedException malformed() {
    return refused(
        Reason.MALFORMED, "the report is not in its one form: every check once, and its verdict");
  }

  private static EvaluationRefusedException refused(Reason reason, String message) {
    return new EvaluationRefusedException(reason, message);
  }
}
