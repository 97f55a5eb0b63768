package dev.cordon.sandbox.wasm;

import dev.cordon.sandbox.pack.PluginPackage;
import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.pack.TestPackage;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginSettings;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.VisionPlugin;
import dev.cordon.spi.conformance.SimulatedAnalysis;
import dev.cordon.spi.conformance.SimulatedModel;
import dev.cordon.spi.conformance.SimulatedModel.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plugin of one of the test modules, and the trips that its host was told of. */
final class Call implements AutoCloseable {
  static final ImageGeometry PHOTO = new ImageGeometry(640, 427);
  static final SandboxLimits LIMITS =
      new SandboxLimits(256, Duration.ofMillis(300), 10_000, 100, 1 << 20);

  /** What the host proposes. */
  static final List<Region> PROPOSED =
      List.of(new Region(300, 20, 40, 50), new Region(0, 0, 640, 427));

  final List<Trip> trips = new CopyOnWriteArrayList<>();
  final VisionPlugin plugin;
  private final PluginPackage pack;

  Call(String module, String... permissions) throws PluginPackageException {
    this(LIMITS, module, permissions);
  }

  Call(SandboxLimits limits, String module, String... permissions) throws PluginPackageException {
    pack = TestPackage.of(TestPackage.module(module), permissions).signed().open();
    plugin = WasmPluginFactory.of(pack, limits, trips::add).create(PluginSettings.NONE);
  }

  List<Finding> ask(String... labels) throws PluginException {
    return ask((region, text) -> 0.25, labels);
  }

  List<Finding> ask(World world, String... labels) throws PluginException {
    return plugin.analyse(
        new SimulatedAnalysis(
            new Question.Labels(List.of(labels), List.of("a photo of a {}")),
            AnswerOptions.DEFAULT,
            PHOTO,
            new SimulatedModel(PHOTO, world),
            pack.manifest().permissions(),
            PROPOSED));
  }

  @Override
  public void close() {
    plugin.close();
  }
}
