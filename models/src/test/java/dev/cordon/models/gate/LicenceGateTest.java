package dev.cordon.models.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.manifest.ManifestReader;
import dev.cordon.models.manifest.ModelManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LicenceGateTest {
  private final LicenceGate gate = new LicenceGate(LicenceGate.DEFAULT);

  @Test
  void letsTheStarterIn() throws IOException {
    assertEquals(
        Optional.empty(), gate.refusal(manifest("Apache-2.0 AND LicenseRef-WordNet", "MIT")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MIT",
        "MIT OR CC-BY-NC-4.0",
        "GPL-3.0-only OR MIT AND Apache-2.0",
        "BSD-3-Clause"
      })
  void letsListedTermsIn(String licence) throws IOException {
    assertEquals(Optional.empty(), gate.refusal(manifest(licence, "MIT")));
  }

  @ParameterizedTest
  @CsvSource({
    "CC-BY-NC-4.0, CC-BY-NC-4.0, forbids commercial use",
    "MIT AND CC-BY-NC-SA-4.0, CC-BY-NC-SA-4.0, forbids commercial use",
    "LicenseRef-research-only, LicenseRef-research-only, forbids commercial use",
    "LicenseRef-apple-amlr, LicenseRef-apple-amlr, not on the list",
    "GPL-3.0-only, GPL-3.0-only, not on the list",
    "Apache-2.0 WITH LLVM-exception, Apache-2.0 WITH LLVM-exception, not on the list",
    "mit, mit, not on the list",
    "GPL-3.0-only AND MIT OR CC-BY-NC-4.0, CC-BY-NC-4.0, forbids commercial use"
  })
  void refusesWhatIsNotListed(String licence, String term, String why) throws IOException {
    String refusal = gate.refusal(manifest(licence, "MIT")).orElseThrow();

    assertTrue(refusal.startsWith("`licence` names `" + term + "`"), refusal);
    assertTrue(refusal.contains(why), refusal);
  }

  @Test
  void refusesAPartThatIsNotFree() throws IOException {
    String refusal = gate.refusal(manifest("MIT", "CC-BY-NC-4.0")).orElseThrow();

    assertTrue(refusal.startsWith("`sources.licence` names `CC-BY-NC-4.0`"), refusal);
  }

  @Test
  void aConfiguredListReplacesTheShippedOne() throws IOException {
    LicenceGate own = new LicenceGate(List.of("LicenseRef-ours"));

    assertEquals(Optional.empty(), own.refusal(manifest("LicenseRef-ours", "LicenseRef-ours")));
    assertTrue(own.refusal(manifest("MIT", "LicenseRef-ours")).isPresent());
  }

  private static ModelManifest manifest(String licence, String source) throws IOException {
    ObjectNode tree =
        (ObjectNode)
            JsonMapper.builder().build().readTree(Path.of("starter/manifest.json").toFile());
    tree.put("licence", licence);
    tree.get("sources").forEach(part -> ((ObjectNode) part).put("licence", source));
    return ManifestReader.read(tree.toString().getBytes(StandardCharsets.UTF_8));
  }
}
