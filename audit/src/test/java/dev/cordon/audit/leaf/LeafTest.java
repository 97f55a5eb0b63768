package dev.cordon.audit.leaf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R39")
class LeafTest {
  private static final UUID ID = UUID.fromString("01935bd1-7a00-7000-8000-000000000001");
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00.1239Z");
  private static final String DIGEST = "ab".repeat(32);

  @Test
  void writesEveryKeyInCanonicalOrderAlsoWhenThereIsNothingToSay() {
    Leaf leaf = leaf("demo", "permit", "", List.of(), List.of(), List.of());
    assertEquals(
        "{\"bundle\":\"\",\"code\":\"\",\"commitment\":\""
            + "07".repeat(32)
            + "\",\"consents\":[],\"effect\":\"permit\",\"id\":\""
            + ID
            + "\",\"kind\":\"dry-run\",\"model\":\"\",\"plugin\":\"\",\"route\":\"\","
            + "\"rules\":[],\"subjects\":[],\"tenant\":\"demo\","
            + "\"time\":\"2026-11-24T10:00:00.123Z\",\"v\":1}",
        new String(leaf.canonicalJson(), StandardCharsets.US_ASCII));
  }

  @Test
  void everyLeafIsItsOwnCanonicalFormAndReadsBack() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (int number = 0; number < 500; number++) {
      Leaf leaf = Leaves.numbered(number);
      byte[] entry = leaf.canonicalJson();
      assertArrayEquals(new JsonCanonicalizer(entry).getEncodedUTF8(), entry);
      assertEquals(
          Optional.of(new LeafFormat.Header(leaf.id(), leaf.time(), leaf.tenant())),
          LeafFormat.read(entry));
      JsonNode read = json.readTree(entry);
      Set<String> keys = new TreeSet<>();
      read.fieldNames().forEachRemaining(keys::add);
      assertEquals(15, keys.size());
      assertEquals(leaf.rules().size(), read.get("rules").size());
      assertEquals(leaf.kind().wireName(), read.get("kind").asText());
    }
  }

  @Test
  void whatReadsBackAfterAChangeIsStillCanonical() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    int unread = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] entry = Leaves.numbered(round % 40).canonicalJson();
      entry[random.nextInt(entry.length)] = (byte) random.nextInt(256);
      if (LeafFormat.read(entry).isPresent()) {
        assertArrayEquals(new JsonCanonicalizer(entry).getEncodedUTF8(), entry);
      } else {
        unread++;
      }
    }
    assertTrue(unread > 1_000, "most changes break the format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane.doe@example.com",
        "Jane Doe",
        "photo of a man",
        "J\u00fcrgen",
        "a\"b",
        "a\\b",
        "a\nb",
        "<svg>",
        "x=1",
        "\u0000"
      })
  void refusesFreeTextInEveryField(String text) {
    List<String> list = List.of(text);
    List<String> none = List.of();
    assertRefused(() -> leaf(text, "", "", none, none, none));
    assertRefused(() -> leaf("", text, "", none, none, none));
    assertRefused(() -> leaf("", "", text, none, none, none));
    assertRefused(() -> leaf("", "", "", list, none, none));
    assertRefused(() -> leaf("", "", "", none, list, none));
    assertRefused(() -> leaf("", "", "", none, none, list));
    for (int field = 0; field < 4; field++) {
      int at = field;
      assertRefused(() -> referring(at, text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:0f0f",
        "biometric-floor/R01",
        "demo@1.2.0",
        "starter@2026.11",
        "cloud:triton",
        "image-tagging@1.0.0+build.7",
        "a/b_c-d.e:f@9"
      })
  void acceptsIdsDigestsAndVersions(String reference) {
    for (int field = 0; field < 4; field++) {
      Leaf leaf = referring(field, reference);
      assertTrue(LeafFormat.read(leaf.canonicalJson()).isPresent());
    }
  }

  @Test
  void subjectsArePseudonymsAndConsentsAreIds() {
    List<String> none = List.of();
    assertRefused(() -> leaf("", "", "", none, none, List.of("customer-17")));
    assertRefused(() -> leaf("", "", "", none, List.of("consent-17"), none));
    Leaf leaf = leaf("", "", "", none, List.of(ID.toString()), List.of(DIGEST));
    assertTrue(LeafFormat.read(leaf.canonicalJson()).isPresent());
  }

  @Test
  void refusesAnEntryThatIsTooLong() {
    Leaf leaf = leaf("", "", "", List.of(), List.of(), Collections.nCopies(1_100, DIGEST));
    assertThrows(IllegalArgumentException.class, leaf::canonicalJson);
    Leaf fits = leaf("", "", "", List.of(), List.of(), Collections.nCopies(950, DIGEST));
    assertTrue(LeafFormat.read(fits.canonicalJson()).isPresent());
    assertFalse(LeafFormat.read(new byte[70_000]).isPresent());
  }

  @Test
  void readsAHostileEntryWithoutExhaustingTheStack() {
    String many = "\"r\",".repeat(16_000) + "\"r\"";
    String entry =
        new String(Leaves.numbered(0).canonicalJson(), StandardCharsets.US_ASCII)
            .replace("\"rules\":[]", "\"rules\":[" + many + "]");
    assertTrue(LeafFormat.read(entry.getBytes(StandardCharsets.US_ASCII)).isPresent());
    byte[] broken = entry.replace("\"v\":1", "\"v\":2").getBytes(StandardCharsets.US_ASCII);
    assertFalse(LeafFormat.read(broken).isPresent());
  }

  @Test
  void refusesATimeThatIsNoDate() {
    String entry = new String(Leaves.numbered(0).canonicalJson(), StandardCharsets.US_ASCII);
    byte[] impossible =
        entry.replace("2026-11-24", "2026-13-24").getBytes(StandardCharsets.US_ASCII);
    assertFalse(LeafFormat.read(impossible).isPresent());
  }

  @Test
  @Tag("R40")
  void aCommitmentOpensOnlyToItsPayloadAndHidesItsKey() {
    byte[] payload = "the request".getBytes(StandardCharsets.UTF_8);
    Commitment commitment = Commitment.of(payload);
    assertTrue(commitment.opensTo(payload));
    assertFalse(commitment.opensTo("another".getBytes(StandardCharsets.UTF_8)));
    assertNotEquals(commitment, Commitment.of(payload));
    assertFalse(commitment.toString().contains(HexFormat.of().formatHex(commitment.key())));
  }

  private static void assertRefused(Runnable construction) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, construction::run);
    assertTrue(refused.getMessage().matches("leaf field `[a-z]+` holds something other.*"));
  }

  private static Leaf leaf(
      String tenant,
      String effect,
      String code,
      List<String> rules,
      List<String> consents,
      List<String> subjects) {
    return new Leaf(
        ID,
        TIME,
        tenant,
        LeafKind.DRY_RUN,
        effect,
        code,
        rules,
        "",
        "",
        "",
        "",
        consents,
        subjects,
        commitment());
  }

  private static Leaf referring(int field, String reference) {
    String[] fields = {"", "", "", ""};
    fields[field] = reference;
    return new Leaf(
        ID,
        TIME,
        "demo",
        LeafKind.ANALYSIS,
        "permit",
        "",
        List.of(),
        fields[0],
        fields[1],
        fields[2],
        fields[3],
        List.of(),
        List.of(),
        commitment());
  }

  private static Commitment commitment() {
    byte[] value = new byte[32];
    Arrays.fill(value, (byte) 7);
    return new Commitment(new byte[32], value);
  }
}
