package dev.cordon.sandbox.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.sandbox.evaluation.Result.Outcome;
import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import dev.cordon.sandbox.pack.TestPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real packages in the sandbox, before a model without weights. */
@Timeout(60)
class EvaluationTest {
  private static final Path EXAMPLE = Path.of("examples/label-match/package");

  private static PluginPackage example() throws Exception {
    return TestPackage.of(Files.readAllBytes(EXAMPLE.resolve("label-match.wasm")))
        .with("label-match.wasm", Files.readAllBytes(EXAMPLE.resolve("label-match.wasm")))
        .with(
            "plugin.json",
            Files.readString(EXAMPLE.resolve("plugin.json")).replace("cordon-examples", "acme"))
        .signed()
        .open();
  }

  private static PluginPackage hostile(String module) throws PluginPackageException {
    return TestPackage.of(TestPackage.module(module)).signed().open();
  }

  private static Map<Check, Outcome> evaluate(PluginPackage pack, Duration deadline)
      throws PluginPackageException {
    List<Result> told = new ArrayList<>();
    List<Result> results =
        Evaluation.run(
            pack,
            SimulatedSpecimen.SOME,
            text -> !text.contains("man"),
            deadline,
            (result, fault) -> {
              assertEquals(result.outcome() == Outcome.PASSED, fault.isEmpty());
              told.add(result);
            });
    assertEquals(told, results);
    assertEquals(List.of(Check.values()), results.stream().map(Result::check).toList());
    return results.stream().collect(Collectors.toMap(Result::check, Result::outcome));
  }

  @Test
  void theExamplePassesEverything() throws Exception {
    Map<Check, Outcome> results = evaluate(example(), Duration.ofSeconds(30));
    assertTrue(results.values().stream().allMatch(Outcome.PASSED::equals), results::toString);
  }

  @Test
  void whoIsSlowerThanAHostWaitsFails() throws Exception {
    assertEquals(Outcome.FAILED, evaluate(example(), Duration.ofNanos(1)).get(Check.IN_TIME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"loop", "nan", "trap", "outside-image", "giant", "memory", "calls"})
  void whoHasToBeEndedFailsAndIsNotCalledForEver(String module) throws Exception {
    Map<Check, Outcome> results = evaluate(hostile(module), Duration.ofSeconds(30));
    assertEquals(Outcome.FAILED, results.get(Check.NO_TRIP));
    assertEquals(Outcome.FAILED, results.get(Check.ANSWERS));
  }

  @Test
  void whoInventsALabelFails() throws Exception {
    Map<Check, Outcome> results = evaluate(hostile("invented"), Duration.ofSeconds(30));
    assertEquals(Outcome.FAILED, results.get(Check.ASKED_TEXTS));
    assertEquals(Outcome.PASSED, results.get(Check.NO_TRIP));
  }

  @Test
  void aModuleThatNoHostTakesIsNotEvaluated() {
    assertEquals(
        Reason.IMPORT,
        assertThrows(
                PluginPackageException.class,
                () -> evaluate(hostile("wasi"), Duration.ofSeconds(30)))
            .reason());
  }
}
