package dev.cordon.core.identity;

import dev.cordon.core.config.CordonConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Gives the page that this host serves a token of the demo identity, which may ask questions and
 * read the log, and nothing else. There is none for a request of anybody who could not read the
 * identity's key: of another machine, another site or another user.
 */
@ApplicationScoped
public class PageTokens {
  private static final Logger LOG = Logger.getLogger(PageTokens.class);
  private static final Set<String> ROLES = Set.of(Role.CALLER, Role.AUDITOR);
  private static final String TENANT = "demo";
  private static final long ROOT = 0;

  private final CordonConfig config;

  public PageTokens(CordonConfig config) {
    this.config = config;
  }

  /** A token for one hour, or none. */
  public Optional<String> issue(OwnPage page, InetSocketAddress peer, InetSocketAddress ours) {
    if (config.identity().issuer().isPresent() || !page.isServedHere()) {
      return Optional.empty();
    }
    try {
      return isKeyHolder(peer, ours)
          ? Optional.of(
              DemoIdentity.open(config.data()).token(TENANT, ROLES, config.identity().audience()))
          : Optional.empty();
    } catch (IOException e) {
      LOG.warnf("no token for the page: %s", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether the other end belongs to the user whom the key file belongs to, or to root. */
  private boolean isKeyHolder(InetSocketAddress peer, InetSocketAddress ours) throws IOException {
    if (!peer.getAddress().isLoopbackAddress() || !ours.getAddress().isLoopbackAddress()) {
      return false;
    }
    OptionalLong user = LoopbackPeer.user(peer, ours);
    Object owner = Files.getAttribute(DemoIdentity.keyFile(config.data()), "unix:uid");
    return user.isPresent()
        && (user.getAsLong() == ROOT || user.getAsLong() == ((Number) owner).longValue());
  }
}
