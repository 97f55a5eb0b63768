package dev.cordon.sandbox.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import dev.cordon.sandbox.pack.TestPackage;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Region;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a module may ask of the host, and what it gets. */
class WasmPluginTest {
  private static PluginPackageException refusal(String module, String... permissions) {
    return assertThrows(PluginPackageException.class, () -> new Call(module, permissions));
  }

  @ParameterizedTest
  @CsvSource({
    "wasi, IMPORT",
    "unknown-call, IMPORT",
    "other-type, IMPORT",
    "imported-memory, IMPORT",
    "pixels, IMPORT",
    "neighbours, IMPORT",
    "proposals, IMPORT",
    "large-memory, MODULE",
    "large-table, MODULE",
    "growing-table, MODULE",
    "no-entry, MODULE",
    "entry-type, MODULE",
    "exceptions, MODULE",
    "tail-calls, MODULE",
    "threads, MODULE",
    "objects, MODULE",
    "object-global, MODULE"
  })
  void refusesAModuleThatHoldsWhatNoPluginNeeds(String module, Reason reason) {
    PluginPackageException refusal = refusal(module);
    assertEquals(reason, refusal.reason(), refusal::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 20, 40, 60})
  void refusesATornModule(int length) {
    byte[] torn = java.util.Arrays.copyOf(TestPackage.module("invented"), length);
    assertEquals(
        Reason.MODULE,
        assertThrows(
                PluginPackageException.class,
                () ->
                    WasmPluginFactory.of(
                        TestPackage.of(torn).signed().open(), Call.LIMITS, trip -> {}))
            .reason());
  }

  @Test
  void readsPixelsWithThePermission() throws Exception {
    try (Call call = new Call("pixels", "pixels")) {
      assertEquals(List.of(new Finding.Tag("red", 127f / 255)), call.ask("cup"));
    }
  }

  @Test
  void asksForNoMorePixelsThanItsMemoryHolds() throws Exception {
    try (Call call = new Call("all-pixels", "pixels")) {
      assertThrows(PluginException.class, () -> call.ask("cup"));
      assertEquals(Trip.Kind.BAD_CALL, call.trips.getFirst().kind());
    }
  }

  @Test
  void findsNeighboursWithThePermission() throws Exception {
    try (Call call = new Call("neighbours", "gallery")) {
      assertEquals(List.of(new Finding.Match("item-1", 0.9f)), call.ask("cup"));
    }
  }

  @Test
  void readsProposedRegionsWithThePermission() throws Exception {
    try (Call call = new Call("proposals", "proposals")) {
      assertEquals(
          Call.PROPOSED.stream().map(at -> new Finding.Box("cup", 0.5f, at)).toList(),
          call.ask("cup"));
    }
  }

  @Test
  void readsTheMapAndPromptsASegmenter() throws Exception {
    try (Call call = new Call("prompts")) {
      List<Finding> findings = call.ask((region, text) -> region.x() == 0 ? 0.5 : 0.25, "cup");
      Finding.SegmentationPrompt prompt =
          assertInstanceOf(Finding.SegmentationPrompt.class, findings.getFirst());
      assertEquals("cup", prompt.label());
      assertEquals(0.5f, prompt.score());
      assertEquals(new Region(1, 2, 3, 4), prompt.box());
      assertEquals(List.of(new Finding.PromptPoint(5, 6, true)), prompt.points());
      assertEquals(0.25f, prompt.mask().logit(0, 1));
      assertEquals(new Finding.Caption("cup", 0.5f, "en"), findings.getLast());
    }
  }

  @Test
  void aFailureOfTheHostPassesUnchangedAndIsNoTrip() throws Exception {
    IllegalStateException broken = new IllegalStateException("the host is broken");
    try (Call call = new Call("prompts")) {
      assertEquals(
          broken,
          assertThrows(
              IllegalStateException.class,
              () ->
                  call.ask(
                      (region, text) -> {
                        throw broken;
                      },
                      "cup")));
      assertEquals(List.of(), call.trips);
    }
  }

  @Test
  void answersNothingOnceClosed() throws Exception {
    Call call = new Call("invented");
    call.close();
    assertEquals(
        PluginException.Kind.UNAVAILABLE,
        assertThrows(PluginException.class, () -> call.ask("cup")).kind());
  }

  @Test
  void anInterruptEndsTheGuestAndStaysSet() throws Exception {
    try (Call call = new Call("loop")) {
      Thread.currentThread().interrupt();
      assertEquals(
          PluginException.Kind.CANCELLED,
          assertThrows(PluginException.class, () -> call.ask("cup")).kind());
      assertEquals(true, Thread.interrupted());
      assertEquals(List.of(), call.trips);
    }
  }
}
