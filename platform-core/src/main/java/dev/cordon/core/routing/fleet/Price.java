package dev.cordon.core.routing.fleet;

/** What a target costs, in the currency of the host; nothing where it is zero. */
public record Price(double perCall, double perSecond, double perGigabyte) {
  private static final double GIGABYTE = 1e9;

  /** Costs nothing. */
  public static final Price FREE = new Price(0, 0, 0);

  /** What sending so many bytes costs, however long the answer takes. */
  public double toSend(long bytes) {
    return perCall + perGigabyte * bytes / GIGABYTE;
  }

  /** What so many seconds of the target cost. */
  public double toUse(double seconds) {
    return perSecond * seconds;
  }
}
