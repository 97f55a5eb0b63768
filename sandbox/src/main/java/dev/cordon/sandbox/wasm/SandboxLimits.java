package dev.cordon.sandbox.wasm;

import java.time.Duration;

/**
 * What one call of a plugin may use.
 *
 * @param memoryPages most linear memory, in pages of 64 KiB
 * @param time most time the plugin itself computes; it stands still while the host works for it
 * @param hostCalls most calls of host functions
 * @param findings most findings
 * @param outputBytes most bytes of text and masks in all findings
 */
public record SandboxLimits(
    int memoryPages, Duration time, int hostCalls, int findings, int outputBytes) {
  private static final int MOST_PAGES = 16_384;

  /** 32 MiB, two seconds, a hundred thousand calls, a thousand findings, a mask or two of each. */
  public static final SandboxLimits DEFAULT =
      new SandboxLimits(512, Duration.ofSeconds(2), 100_000, 1_000, 8 << 20);

  public SandboxLimits {
    if (memoryPages < 1
        || memoryPages > MOST_PAGES
        || !time.isPositive()
        || hostCalls < 1
        || findings < 1
        || outputBytes < 1) {
      throw new IllegalArgumentException("a limit is at least 1, and memory at most 1 GiB");
    }
  }
}
