package dev.cordon.policy.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.policy.bundle.BundleLoader.Source;
import dev.cordon.policy.language.ConditionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleLoaderTest {
  private static final String SHOP =
      """
      pack: shop
      version: "1"
      kind: pack
      tenants:
        shop:
          jurisdictions: [EU, US-IL]
          purposes:
            stock-count:
              areas: [retail]
              capabilities: [image-tagging]
              legal_basis: contract
      rules:
        - id: shop-permit
          effect: permit
          stage: admission
          when: purpose.registered
          explanation: registered
          obligations:
            - {id: keep-edge, type: route, properties: {target: edge}}
      """;

  private static Source source(String file, String yaml) {
    return new Source(file, yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static PolicyBundle load(String yaml) throws PolicyLoadException {
    return BundleLoader.load(List.of(source("shop.yaml", yaml)));
  }

  @Test
  void shipsTheFloorAndTheDemoTenant() throws PolicyLoadException {
    var bundle = BundleLoader.load(Optional.empty());
    assertEquals(
        List.of("biometric-floor", "demo"), bundle.packs().stream().map(Pack::name).toList());
    var demo = bundle.tenant("demo").orElseThrow();
    assertEquals(Set.of("EU"), demo.jurisdictions());
    assertEquals(
        Set.of(
            "inventory-check",
            "accessibility-captions",
            "course-recommendation",
            "quality-inspection"),
        demo.purposes().keySet());
    for (var purpose : demo.purposes().values()) {
      assertEquals(LegalBasis.CONSENT, purpose.legalBasis());
      assertEquals(Set.of(), purpose.capabilities());
    }
    assertEquals(Set.of("retail", "warehouse"), demo.purposes().get("inventory-check").areas());
    assertEquals(Set.of(), demo.purposes().get("accessibility-captions").areas());
    assertEquals(Set.of("education"), demo.purposes().get("course-recommendation").areas());
    assertEquals(
        Set.of("warehouse", "workplace"), demo.purposes().get("quality-inspection").areas());
  }

  @Test
  void readsATenantWithItsPurposesAndRules() throws PolicyLoadException {
    var bundle = load(SHOP);
    var purpose = bundle.tenant("shop").orElseThrow().purposes().get("stock-count");
    assertTrue(purpose.covers("image-tagging", "retail"));
    assertTrue(!purpose.covers("image-search", "retail"));
    assertTrue(!purpose.covers("image-tagging", "home"));
    var rule = bundle.packs().getLast().rules().getFirst();
    assertEquals("PERMITTED", rule.code());
    assertEquals("edge", rule.obligations().getFirst().properties().get("target"));
  }

  @Test
  void aTenantMayListTheLicencesOfItsModels() throws PolicyLoadException {
    String listed =
        SHOP.replace(
            "jurisdictions: [EU, US-IL]", "licences: [MIT, Apache-2.0 WITH LLVM-exception]");
    String none = SHOP.replace("jurisdictions: [EU, US-IL]", "licences: []");

    assertEquals(
        Optional.of(Set.of("MIT", "Apache-2.0 WITH LLVM-exception")),
        load(listed).tenant("shop").orElseThrow().licences());
    assertEquals(Optional.of(Set.of()), load(none).tenant("shop").orElseThrow().licences());
    assertEquals(Optional.empty(), load(SHOP).tenant("shop").orElseThrow().licences());
    assertNotEquals(load(SHOP).digest(), load(listed).digest());
  }

  /** Each case: what to replace in the shop pack, by what, and the exact message. */
  static List<List<String>> mistakes() {
    return List.of(
        List.of("kind: pack", "kind: pack\ncolour: red", "4:1: unknown key `colour`"),
        List.of("kind: pack", "kind: floor", "3:7: only the shipped floor may be `kind: floor`"),
        List.of("kind: pack", "kind: heap", "3:7: unknown kind `heap` (floor or pack)"),
        List.of("pack: shop", "pack: demo", "1:7: pack `demo` is already defined in demo.yaml"),
        List.of(
            "pack: shop",
            "pack: biometric-floor",
            "1:7: pack `biometric-floor` is already defined in biometric-floor.yaml"),
        List.of("  shop:", "  demo:", "6:5: tenant `demo` is already defined in demo.yaml"),
        List.of("version: \"1\"\n", "", "1:1: key `version` is missing"),
        List.of("version: \"1\"", "version: [1]", "2:10: expected a text"),
        List.of("version: \"1\"", "version: !x 1", "2:10: tags are not allowed"),
        List.of("kind: pack", "kind: pack\nkind: pack", "4:1: key `kind` appears twice"),
        List.of("legal_basis: contract", "legal_basis: fun", "11:22: unknown legal basis `fun`"),
        List.of(
            "jurisdictions: [EU, US-IL]",
            "licences: [MIT OR GPL-3.0-only]",
            "6:16: `MIT OR GPL-3.0-only` is not one SPDX licence"
                + " ([A-Za-z0-9][A-Za-z0-9.+-]{0,99}( WITH [A-Za-z0-9][A-Za-z0-9.-]{0,99})?)"),
        List.of("jurisdictions: [EU, US-IL]", "licences: MIT", "6:15: expected a list"),
        List.of("areas: [retail]", "areas: [moon]", "9:17: unknown area `moon`"),
        List.of(
            "[EU, US-IL]",
            "[eu]",
            "6:21: `eu` is not `EU` or an ISO 3166 code ([A-Z]{2}(-[A-Z0-9]{1,3})?)"),
        List.of(
            "stage: admission",
            "stage: lunch",
            "15:12: unknown stage `lunch`" + " (admission, input or output)"),
        List.of(
            "effect: permit",
            "effect: deny",
            "14:13: unknown effect `deny`" + " (forbid, permit or review)"),
        List.of("effect: permit", "effect: forbid", "13:5: key `code` is missing"),
        List.of(
            "effect: permit",
            "effect: forbid\n    code: POLICY_ERROR",
            "15:11: code `POLICY_ERROR` is reserved"),
        List.of(
            "id: shop-permit",
            "id: Shop",
            "13:9: `Shop` is not an id" + " ([a-z0-9][a-z0-9-]{0,63})"),
        List.of(
            "id: shop-permit",
            "id: r05-identification",
            "13:9: rule `r05-identification` is already defined in biometric-floor.yaml"),
        List.of(
            "when: purpose.registered",
            "when: purpose.registred",
            "16:11: `purpose.registred` is not a fact; did you mean `purpose.registered`"
                + " (at 1:1 of the condition)"),
        List.of(
            "when: purpose.registered",
            "when: area",
            "16:11: expected type 'bool' but found 'string' (at 1:1 of the condition)"),
        List.of(
            "when: purpose.registered",
            "when: image.width > 3",
            "16:11: `image.width` does not exist at stage admission"),
        List.of(
            "explanation: registered",
            "explanation: registered\n    applies_from: soon",
            "18:19: `soon` is not a date such as 2027-12-02"),
        List.of(
            "explanation: registered",
            "explanation: registered\n    applies_from: 2027-01-01\n    applies_until: 2026-01-01",
            "19:20: rule ends before it starts"),
        List.of(
            "kind: pack",
            "kind: pack\nserves: [demo]",
            "14:9: a permit is only allowed for tenants that this file declares"),
        List.of(
            "kind: pack",
            "kind: pack\nserves: [ghost, shop]",
            "14:9: a permit is only allowed" + " for tenants that this file declares"),
        List.of("pack: shop", "pack: &a shop\nx: *a", "2:4: aliases are not allowed"),
        List.of("kind: pack", "kind: [", "5:7: not YAML: expected ',' or ']', but got :"),
        List.of("tenants:", "---\ntenants:", "4:1: not YAML: but found another document"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesFileLineColumnAndMistake(List<String> mistake) throws PolicyLoadException {
    var yaml = SHOP.replace(mistake.get(0), mistake.get(1));
    assertNotEquals(SHOP, yaml);
    var e = assertThrows(PolicyLoadException.class, () -> load(yaml));
    assertEquals("shop.yaml:" + mistake.get(2), e.getMessage());
    // Whoever prints the innermost message must not lose the place.
    assertFalse(e.getCause() instanceof ConditionException);
  }

  @Test
  void refusesRulesForATenantThatNobodyDeclares() {
    var yaml =
        """
        pack: extra
        version: 1
        kind: pack
        serves: [ghost]
        """;
    var e = assertThrows(PolicyLoadException.class, () -> load(yaml));
    assertEquals("shop.yaml:4:10: unknown tenant `ghost`", e.getMessage());
  }

  @Test
  void refusesWhatIsNotText() {
    var bytes = new byte[] {(byte) 0xff, (byte) 0xfe, 0};
    var broken = List.of(new Source("x.yaml", bytes));
    var e = assertThrows(PolicyLoadException.class, () -> BundleLoader.load(broken));
    assertEquals("x.yaml:1:1: file is not UTF-8", e.getMessage());
    assertThrows(PolicyLoadException.class, () -> load(""));
    assertThrows(PolicyLoadException.class, () -> load("[".repeat(100_000)));
    assertThrows(PolicyLoadException.class, () -> load("a: " + "x".repeat(2_000_000)));
  }

  @Test
  @Tag("R18")
  void namesABundleByItsContent() throws PolicyLoadException {
    var digest = load(SHOP).digest();
    assertTrue(digest.matches("[0-9a-f]{64}"));
    assertEquals(digest, load(SHOP).digest());
    assertEquals(digest, BundleLoader.load(List.of(source("other.yaml", SHOP))).digest());
    assertNotEquals(digest, load(SHOP + "# note\n").digest());
    assertNotEquals(digest, BundleLoader.load(List.of()).digest());
  }
}
