package dev.cordon.sandbox.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.PluginDescriptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {
  @ParameterizedTest
  @CsvSource({
    "1.2, 1.2, true",
    "1.2, 1.0, true",
    "1.2, 1.3, false",
    "1.2, 2.0, false",
    "2.0, 1.9, false",
    "1.10, 1.9, true",
    "1.0, 1, false",
    "1.0, 1.0.0, false",
    "1.0, 01.0, false",
    "1.0, '', false"
  })
  void servesItsOwnMajorUpToItsOwnMinor(String host, String plugin, boolean expected) {
    assertEquals(expected, Versions.serves(host, plugin));
  }

  @ParameterizedTest
  @CsvSource({"1.0, true", "1.1, true", "1.2, false", "2.0, false"})
  void thisHostServesPluginsBuiltForEachMinorSoFar(String plugin, boolean expected) {
    assertEquals(expected, Versions.serves(PluginDescriptor.SPI_VERSION, plugin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0", "1.4.2", "1.0.0-rc.1", "1.0.0-alpha+001", "10.20.30+build.5"})
  void takesSemanticVersions(String version) {
    assertTrue(Versions.isSemantic(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0-01", "latest"})
  void refusesOthers(String version) {
    assertFalse(Versions.isSemantic(version));
  }
}
