package dev.cordon.sandbox.pack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which plugins a host can serve, by semantic versions (semver.org, 2.0.0). Pure. */
public final class Versions {
  static final Pattern SPI = Pattern.compile("(0|[1-9][0-9]{0,3})\\.(0|[1-9][0-9]{0,3})");
  static final Pattern SEMANTIC =
      Pattern.compile(
          "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
              + "(-(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
              + "(\\.(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
              + "(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");

  private Versions() {}

  /** Major, minor and patch, with or without a pre-release and a build. */
  public static boolean isSemantic(String version) {
    return SEMANTIC.matcher(version).matches();
  }

  /** The same major, and no minor that the host does not have yet. */
  public static boolean serves(String host, String plugin) {
    Matcher has = SPI.matcher(host);
    Matcher wants = SPI.matcher(plugin);
    return has.matches()
        && wants.matches()
        && has.group(1).equals(wants.group(1))
        && Integer.parseInt(wants.group(2)) <= Integer.parseInt(has.group(2));
  }
}
