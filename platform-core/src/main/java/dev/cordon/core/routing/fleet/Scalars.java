package dev.cordon.core.routing.fleet;

import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.bundle.YamlElement;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Single values of a file, each refused where it stands. */
final class Scalars {
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /** As tokens name tenants. */
  static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  static final Pattern REGION = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

  /** As the manifest of a package names it. */
  static final Pattern PACKAGE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?");

  /** Money is decimal and stays so; more digits than these are a mistake. */
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");

  private Scalars() {}

  static String matching(YamlElement element, Pattern shape, String what)
      throws PolicyLoadException {
    String text = element.text();
    if (!shape.matcher(text).matches()) {
      throw element.error("`" + text + "` is not " + what + " (" + shape.pattern() + ")");
    }
    return text;
  }

  static Set<String> list(YamlElement element, Pattern shape, String what)
      throws PolicyLoadException {
    Set<String> values = new LinkedHashSet<>();
    for (YamlElement item : element.items()) {
      values.add(matching(item, shape, what));
    }
    return values;
  }

  static BigDecimal amount(YamlElement element) throws PolicyLoadException {
    if (!AMOUNT.matcher(element.text()).matches()) {
      throw element.error("`" + element.text() + "` is not an amount such as 0.002");
    }
    return new BigDecimal(element.text());
  }

  /** A probability that something can lie below. */
  static double share(YamlElement element) throws PolicyLoadException {
    BigDecimal share = amount(element);
    if (share.signum() == 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw element.error("`" + element.text() + "` is not above 0 and up to 1");
    }
    return share.doubleValue();
  }

  static int count(YamlElement element, int most) throws PolicyLoadException {
    try {
      int count = Integer.parseInt(element.text());
      if (count >= 1 && count <= most) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw element.error("`" + element.text() + "` is not a number from 1 to " + most);
  }

  static Duration time(YamlElement element, Duration least) throws PolicyLoadException {
    try {
      Duration time = Duration.parse(element.text());
      if (time.compareTo(least) >= 0) {
        return time;
      }
    } catch (DateTimeException _) {
      // Said below.
    }
    throw element.error("`" + element.text() + "` is not a time such as PT2S, at least " + least);
  }
}
