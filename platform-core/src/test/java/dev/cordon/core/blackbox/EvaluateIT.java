package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.registry.ModelPackage;
import dev.cordon.sandbox.evaluation.EvaluationReport;
import dev.cordon.sandbox.pack.PackageSigner;
import dev.cordon.sandbox.pack.SigningKey;
import dev.cordon.sandbox.pack.TrustedPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command line evaluates packages before the starter and the shipped photographs. */
@Tag("R50")
class EvaluateIT {
  private static final Path EXAMPLE =
      HostProcess.ROOT.resolve("sandbox/examples/label-match/package");
  private static final Path HOSTILE =
      HostProcess.ROOT.resolve("sandbox/src/test/resources/dev/cordon/sandbox/hostile");

  @TempDir private Path home;
  private final SigningKey publisher = SigningKey.generate();
  private final SigningKey evaluator = SigningKey.generate();
  private Path pack;

  @BeforeEach
  void prepare() throws Exception {
    evaluator.write(home.resolve("lab.key"));
    Path trust = Files.createDirectory(home.resolve("trust"));
    Files.writeString(trust.resolve("cordon-examples.pub"), publisher.publicHalf().pem());
    pack = Files.createDirectory(home.resolve("package"));
    for (String file : List.of("plugin.json", "label-match.wasm")) {
      Files.copy(EXAMPLE.resolve(file), pack.resolve(file));
    }
  }

  private HostProcess.Ended evaluate() throws Exception {
    PackageSigner.sign(pack, publisher);
    return HostProcess.run(
        home.resolve("data"),
        Map.of(),
        List.of(),
        "plugins",
        "evaluate",
        pack.toString(),
        "--trust",
        home.resolve("trust").toString(),
        "--key",
        home.resolve("lab.key").toString(),
        "--evaluator",
        "acme-lab",
        "--out",
        home.resolve("report").toString());
  }

  private void put(String module) throws Exception {
    Files.copy(
        HOSTILE.resolve(module),
        pack.resolve("label-match.wasm"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private EvaluationReport report() throws Exception {
    return EvaluationReport.read(
        Files.readAllBytes(home.resolve("report")),
        TrustedPublishers.of(Map.of("acme-lab", List.of(evaluator.publicHalf()))));
  }

  @Test
  void theExamplePassesBeforeTheStarter() throws Exception {
    HostProcess.Ended passed = evaluate();

    assertEquals(0, passed.code(), passed.output());
    EvaluationReport report = report();
    assertTrue(report.passed(), passed.output());
    assertEquals(PackageSigner.sign(pack, publisher).digest(), report.packageDigest());
    assertEquals(
        ModelPackage.open(HostProcess.ROOT.resolve("models").resolve("starter")).digest(),
        report.modelDigest());
    assertTrue(passed.output().contains("report " + report.digest()), passed.output());
    assertTrue(report.statement().matches("(?s).*\nlatency-p50 passed \\d+\\.\\d{3} ms\n.*"));
  }

  @Test
  void aPluginThatInventsALabelFails() throws Exception {
    put("invented.wasm");
    HostProcess.Ended failed = evaluate();

    assertEquals(1, failed.code(), failed.output());
    assertFalse(report().passed());
    assertTrue(report().statement().contains("\nasked-texts failed\n"), () -> failed.output());
    assertFalse(failed.output().contains("angry"), failed.output());
  }

  @Test
  void aPluginThatNeverEndsFailsAndDoesNotHoldTheCommand() throws Exception {
    put("loop.wasm");
    HostProcess.Ended failed = evaluate();

    assertEquals(1, failed.code(), failed.output());
    assertTrue(report().statement().endsWith("\nno-trip failed 3 calls\nverdict failed\n"));
  }

  @Test
  void aPackageOfAStrangerIsNotRunAndHasNoReport() throws Exception {
    Files.writeString(
        home.resolve("trust").resolve("cordon-examples.pub"),
        SigningKey.generate().publicHalf().pem());
    HostProcess.Ended refused = evaluate();

    assertEquals(1, refused.code(), refused.output());
    assertTrue(refused.output().contains("is of a key that is not trusted"), refused.output());
    assertFalse(Files.exists(home.resolve("report")));
  }
}
