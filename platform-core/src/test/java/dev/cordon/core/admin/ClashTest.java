package dev.cordon.core.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.InstalledPackage.State;
import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClashTest {
  private static final Set<Permission> LITTLE = Set.of(Permission.SIMILARITIES);
  private static final Set<Permission> MORE = Set.of(Permission.SIMILARITIES, Permission.PIXELS);
  private static final List<PluginDescriptor> OWN =
      List.of(new PluginDescriptor("tagger", "1.0.0", "1.0", "image-tagging", LITTLE));

  @Test
  void aNewPackageAndItsNextVersionAreTaken() {
    assertEquals(Optional.empty(), reason(entry("1.0.0", '1', LITTLE)));
    assertEquals(Optional.empty(), reason(entry("1.1.0", '2', LITTLE), entry("1.0.0", '1', MORE)));
  }

  @Test
  void whatTheHostBroughtKeepsItsNames() {
    assertEquals(Optional.of("DUPLICATE"), reason(named("tagger", "other", "acme", '1')));
    assertEquals(Optional.of("DUPLICATE"), reason(named("other", "image-tagging", "acme", '1')));
  }

  @Test
  void anIdBelongsToOnePublisherAndACapabilityToOneId() {
    InstalledPackage first = named("probe", "probe", "acme", '1');
    assertEquals(
        Optional.of("DUPLICATE"), reason(version(named("probe", "probe", "evil", '2')), first));
    assertEquals(Optional.of("DUPLICATE"), reason(named("other", "probe", "acme", '2'), first));
    assertEquals(Optional.empty(), reason(named("other", "probe", "acme", '2'), removed(first)));
    assertEquals(
        Optional.of("DUPLICATE"),
        reason(version(named("probe", "probe", "evil", '2')), removed(first)));
  }

  @Test
  void aVersionIsOnePackageForEver() {
    InstalledPackage gone = removed(entry("1.0.0", '1', LITTLE));
    assertEquals(Optional.of("DUPLICATE"), reason(entry("1.0.0", '2', LITTLE), gone));
    assertEquals(Optional.empty(), reason(entry("1.0.0", '1', LITTLE), gone), "itself comes back");
  }

  @Test
  void anUpdateAsksForNoMoreThanTheNewestBeforeIt() {
    InstalledPackage first = entry("1.0.0", '1', MORE);
    InstalledPackage second = entry("1.1.0", '2', LITTLE);
    assertEquals(
        Optional.of("PERMISSIONS_GROWN"), reason(entry("1.2.0", '3', MORE), second, first));
    assertEquals(Optional.empty(), reason(entry("1.2.0", '3', MORE), first));
    assertEquals(
        Optional.of("PERMISSIONS_GROWN"),
        reason(entry("1.2.0", '3', MORE), removed(second), first));
  }

  @Test
  void aRefusalNamesThePackageAndNothingOfItsContent() {
    PluginRefused refused =
        Clash.of(entry("1.1.0", '2', MORE), List.of(entry("1.0.0", '1', LITTLE)), OWN)
            .orElseThrow();
    assertEquals("probe@1.1.0:" + "2".repeat(64), refused.plugin());
    assertTrue(refused.getMessage().contains("`1.0.0`"), refused.getMessage());
  }

  private static Optional<String> reason(InstalledPackage entry, InstalledPackage... newestFirst) {
    return Clash.of(entry, List.of(newestFirst), OWN).map(PluginRefused::reason);
  }

  private static InstalledPackage entry(String version, char digit, Set<Permission> permissions) {
    return entry("probe", "probe", "acme", version, digit, permissions, State.INSTALLED);
  }

  private static InstalledPackage named(String id, String capability, String by, char digit) {
    return entry(id, capability, by, "1.0.0", digit, LITTLE, State.INSTALLED);
  }

  private static InstalledPackage version(InstalledPackage of) {
    return entry(
        of.id(), of.capability(), of.publisher(), "9.0.0", '9', of.permissions(), of.state());
  }

  private static InstalledPackage removed(InstalledPackage of) {
    return entry(
        of.id(),
        of.capability(),
        of.publisher(),
        of.version(),
        of.digest().charAt(0),
        of.permissions(),
        State.REMOVED);
  }

  private static InstalledPackage entry(
      String id,
      String capability,
      String publisher,
      String version,
      char digit,
      Set<Permission> permissions,
      State state) {
    return new InstalledPackage(
        String.valueOf(digit).repeat(64),
        id,
        version,
        capability,
        permissions,
        publisher,
        "e".repeat(64),
        state,
        "a".repeat(64),
        Instant.EPOCH,
        0);
  }
}
