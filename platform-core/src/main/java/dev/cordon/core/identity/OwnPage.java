package dev.cordon.core.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request says of the page it comes from. A browser writes these headers itself, so a page
 * of another site cannot claim to be the one this host serves; a program on this machine can.
 */
public record OwnPage(
    Optional<String> host,
    Optional<String> origin,
    Optional<String> fetchSite,
    Optional<String> marker) {
  /** Names that no other machine answers to, whatever a name server says. */
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  /** Value of the header that only this host's own page can send without a preflight. */
  public static final String MARKER = "1";

  /** True only if every header is there and all agree that the page was served by this host. */
  public boolean isServedHere() {
    return host.filter(name -> LOOPBACK.matcher(name).matches()).isPresent()
        && origin.equals(host.map(name -> "http://" + name))
        && fetchSite.equals(Optional.of("same-origin"))
        && marker.equals(Optional.of(MARKER));
  }
}
