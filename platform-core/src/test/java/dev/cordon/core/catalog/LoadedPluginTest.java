package dev.cordon.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.spi.Analysis;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.VisionPlugin;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadedPluginTest {
  private final Closings plugin = new Closings();
  private final LoadedPlugin loaded =
      new LoadedPlugin(
          new PluginDescriptor("probe", "1.0.0", "1.0", "probe", Set.of(Permission.SIMILARITIES)),
          "d".repeat(64),
          plugin);

  /** Counts how often it was closed. */
  private static final class Closings implements VisionPlugin {
    private int closed;

    @Override
    public List<Finding> analyse(Analysis analysis) {
      return List.of();
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void endsWithItsLastCallOnceItIsLetGo() {
    LentPlugin first = loaded.lend().orElseThrow();
    LentPlugin second = loaded.lend().orElseThrow();
    loaded.close();
    first.close();
    first.close();
    assertEquals(0, plugin.closed, "a call is under way");
    second.close();
    assertEquals(1, plugin.closed);
  }

  @Test
  void isLentNoMoreOnceItIsLetGo() {
    loaded.lend().orElseThrow().close();
    assertEquals(0, plugin.closed, "it is idle, not let go");
    loaded.close();
    loaded.close();
    assertEquals(1, plugin.closed);
    assertTrue(loaded.lend().isEmpty());
  }

  @Test
  void saysOfItselfWhatStandsInALeaf() {
    try (LentPlugin lent = loaded.lend().orElseThrow()) {
      assertEquals("probe@1.0.0", lent.name());
      assertEquals("d".repeat(64), lent.key());
    }
  }
}
