package dev.cordon.core.release;

import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.routing.Route;
import dev.cordon.core.segmentation.Segments;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.spi.Finding;
import dev.cordon.spi.ImageGeometry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An answer whose leaf is committed; only {@link Release} can make one. */
public final class Released {
  private final UUID id;
  private final Optional<ImageGeometry> image;
  private final Found found;
  private final Decision decision;
  private final String plugin;
  private final Route route;
  private final Receipt receipt;

  Released(
      UUID id,
      Optional<ImageGeometry> image,
      Found found,
      Decision decision,
      String plugin,
      Route route,
      Receipt receipt) {
    this.id = id;
    this.image = image;
    this.found = found;
    this.decision = decision;
    this.plugin = plugin;
    this.route = route;
    this.receipt = receipt;
  }

  public UUID id() {
    return id;
  }

  /** Size of the upright image that the findings are about, if the call had one. */
  public Optional<ImageGeometry> image() {
    return image;
  }

  public List<Finding> findings() {
    return found.findings();
  }

  /** What a segmenter cut out at the findings, if one ran. */
  public Segments segments() {
    return found.segments();
  }

  /** The package that proposed regions to the plugin, if it asked for any. */
  public Optional<ModelPackage> proposer() {
    return found.proposer();
  }

  public Decision decision() {
    return decision;
  }

  /** The plugin that found it, as {@code id@version}. */
  public String plugin() {
    return plugin;
  }

  public Route route() {
    return route;
  }

  public Receipt receipt() {
    return receipt;
  }
}
