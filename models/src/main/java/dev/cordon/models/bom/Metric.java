package dev.cordon.models.bom;

/**
 * One measured figure, as CycloneDX names it: what was measured, the value, and on which part of
 * which data.
 */
public record Metric(String type, String value, String slice) {
  public Metric {
    for (String part : new String[] {type, value, slice}) {
      if (part == null || part.isBlank()) {
        throw new IllegalArgumentException("a metric needs `type`, `value` and `slice`");
      }
    }
  }
}
