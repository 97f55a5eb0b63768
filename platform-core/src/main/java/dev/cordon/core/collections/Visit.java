package dev.cordon.core.collections;

import dev.cordon.core.release.Standing;
import dev.cordon.core.routing.Route;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.PluginException;
import java.util.List;
import java.util.Optional;

/** What one call does with a collection: nothing, search it, or add its image to it. */
public interface Visit extends Standing {
  /** A call about an image alone. */
  Visit NONE =
      new Visit() {
        @Override
        public List<Finding> findings(Route route, Asking plugin) throws PluginException {
          return plugin.ask(Optional.empty());
        }

        @Override
        public List<Finding> settle(List<Finding> findings) {
          return findings;
        }
      };

  /** Asks the plugin, where there is something to ask. */
  interface Asking {
    List<Finding> ask(Optional<Gallery> gallery) throws PluginException;
  }

  /** The findings by the model of this route. */
  List<Finding> findings(Route route, Asking plugin) throws PluginException;
}
