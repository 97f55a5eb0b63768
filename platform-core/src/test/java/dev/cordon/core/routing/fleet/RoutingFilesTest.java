package dev.cordon.core.routing.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.core.costs.Budget;
import dev.cordon.core.routing.choice.Cascade;
import dev.cordon.policy.bundle.PolicyLoadException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a file is said with its file, line and column. */
class RoutingFilesTest {
  private static final String WHOLE =
      """
      targets:
        - id: triton
          url: https://triton.example.com:8001
          region: EU
          tenants: [acme]
          data_classes: [unclassified, personal]
          price: { per_call: 0.0002, per_second: 0.01, per_gigabyte: 0.05 }
          deadline: PT2S
          attempts: 3
          batch: 4
          lanes: 2
          hedge: PT0.25S
          canary: PT30S
          packages: { starter: { image: starter-image, text: starter-text, version: "2" } }
      budgets:
        - { tenant: acme, soft: 80, hard: 99.95 }
      """;

  @TempDir private Path folder;

  private RoutingPlan load(String yaml) throws IOException, PolicyLoadException {
    Files.writeString(folder.resolve("fleet.yaml"), yaml);
    return RoutingFiles.load(folder);
  }

  @Test
  void readsEveryKey() throws Exception {
    TargetSettings target = load(WHOLE).targets().getFirst();

    assertEquals("triton", target.id());
    assertEquals("EU", target.region());
    assertEquals(Set.of("acme"), target.tenants());
    assertEquals(Set.of("unclassified", "personal"), target.dataClasses());
    assertEquals(
        new Price(new BigDecimal("0.0002"), new BigDecimal("0.01"), new BigDecimal("0.05")),
        target.price());
    assertEquals(2, target.lanes());
    assertEquals(Duration.ofSeconds(30), target.canary());
    var towers = target.towers().get("starter");
    assertEquals(List.of("starter-image", "starter-text"), towers.names());
    var options = target.endpoint().model("starter-image", Optional.of("2"));
    assertEquals(Duration.ofSeconds(2), options.most());
    assertEquals(3, options.attempts());
    assertEquals(4, options.batch());
    assertEquals(Duration.ofMillis(250), options.hedge());
    assertEquals("2", options.version());
  }

  @Test
  void nothingIsSentTwiceUnlessAFileAsksForIt() throws Exception {
    TargetSettings target = load(WHOLE.replace("    hedge: PT0.25S\n", "")).targets().getFirst();
    assertNull(target.endpoint().model("starter-image", Optional.empty()).hedge());
  }

  @Test
  void readsBudgetsThatOneTenantHasOnceInAllFiles() throws Exception {
    assertEquals(
        Optional.of(
            new Budget(Optional.of(new BigDecimal("80")), Optional.of(new BigDecimal("99.95")))),
        load(WHOLE).budgets().of("acme"));
    assertEquals(Optional.empty(), load(WHOLE).budgets().of("rival"));

    Files.writeString(
        folder.resolve("a.yaml"), "targets: []\nbudgets: [ { tenant: acme, hard: 5 } ]\n");
    PolicyLoadException refusal = assertThrows(PolicyLoadException.class, () -> load(WHOLE));
    assertEquals("fleet.yaml:16:5: tenant `acme` has a budget already", refusal.getMessage());
  }

  @Test
  void readsACascadeOnceAndHasNoneOtherwise() throws Exception {
    assertEquals(Optional.empty(), load(WHOLE).cascade());
    String cascade = "cascade: { below: 0.55 }\n";
    assertEquals(Optional.of(new Cascade(0.55)), load(WHOLE + cascade).cascade());
    for (String wrong : List.of("0", "1.01", "often")) {
      PolicyLoadException refusal =
          assertThrows(
              PolicyLoadException.class, () -> load(WHOLE + cascade.replace("0.55", wrong)));
      assertEquals("fleet.yaml:17:19", refusal.getMessage().substring(0, 16));
    }
    Files.writeString(folder.resolve("a.yaml"), "targets: []\n" + cascade);
    assertThrows(PolicyLoadException.class, () -> load(WHOLE + cascade));
  }

  @Test
  void aHostWithoutFilesHasNoTargets() throws Exception {
    assertEquals(List.of(), RoutingFiles.load(folder).targets());
    assertEquals(List.of(), RoutingFiles.load(folder.resolve("nowhere")).targets());
  }

  @Test
  void oneIdMayBeUsedOnceInAllFiles() throws Exception {
    Files.writeString(folder.resolve("a.yaml"), WHOLE);
    PolicyLoadException refusal = assertThrows(PolicyLoadException.class, () -> load(WHOLE));
    assertEquals("fleet.yaml:2:5: target `triton` is already defined", refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id: triton                | id: edge            | 2:9: `edge` is this host itself
          id: triton                | id: Tri ton         | 2:9: `Tri ton` is not an id ([a-z0-9][a-z0-9-]{0,63})
          region: EU                | region: Europe      | 4:13: `Europe` is not a region such as EU or US-CA ([A-Z]{2}(-[A-Z0-9]{1,3})?)
          region: EU                | regions: EU         | 4:5: unknown key `regions`
          tenants: [acme]           | tenants: acme       | 5:14: expected a list
          per_call: 0.0002          | per_call: -1        | 7:24: `-1` is not an amount such as 0.002
          per_call: 0.0002          | per_call: NaN       | 7:24: `NaN` is not an amount such as 0.002
          per_call: 0.0002          | per_call: 1e3       | 7:24: `1e3` is not an amount such as 0.002
          soft: 80                  | soft: 99.950        | 16:27: the soft limit is not below the hard one
          soft: 80                  | soft: 0.00          | 16:27: a limit is more than nothing
          soft: 80                  | soft: .8            | 16:27: `.8` is not an amount such as 0.002
          tenant: acme              | tenant: a me        | 16:15: `a me` is not a tenant ([A-Za-z0-9][A-Za-z0-9._-]{0,63})
          soft: 80, hard: 99.95     | per: month          | 16:21: unknown key `per`
          ', soft: 80, hard: 99.95' | ''                  | 16:5: a budget has a `soft` or a `hard` limit, or both
          deadline: PT2S            | deadline: 2 s       | 8:15: `2 s` is not a time such as PT2S, at least PT0.01S
          attempts: 3               | attempts: 6         | 9:15: `6` is not a number from 1 to 5
          lanes: 2                  | lanes: 0            | 11:12: `0` is not a number from 1 to 1024
          hedge: PT0.25S            | hedge: soon         | 12:12: `soon` is not a time such as PT2S, at least PT0.001S
          hedge: PT0.25S            | hedge: PT2S         | 3:10: `hedge` is not shorter than the deadline
          canary: PT30S             | canary: PT0.1S      | 13:13: `PT0.1S` is not a time such as PT2S, at least PT1S
          { image: starter-image, text: starter-text, version: "2" } | { text: starter-text } | 14:26: key `image` is missing
          lanes: 2                  | tls: { authorities: none.pem } | 11:25: there is no file `none.pem`
          """)
  void saysWhereAndWhat(String right, String wrong, String error) {
    PolicyLoadException refusal =
        assertThrows(PolicyLoadException.class, () -> load(WHOLE.replace(right, wrong)));
    assertEquals("fleet.yaml:" + error, refusal.getMessage());
  }
}
