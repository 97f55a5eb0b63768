package dev.cordon.sandbox.pack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major and minor of an SPI; a host serves its own major and minors up to its own. */
final class SpiVersion {
  static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,3})\\.(0|[1-9][0-9]{0,3})");

  private SpiVersion() {}

  static boolean serves(String host, String plugin) {
    Matcher has = FORM.matcher(host);
    Matcher wants = FORM.matcher(plugin);
    return has.matches()
        && wants.matches()
        && has.group(1).equals(wants.group(1))
        && Integer.parseInt(wants.group(2)) <= Integer.parseInt(has.group(2));
  }
}
