package dev.cordon.models.tokenizer;

import java.util.Arrays;

/**
 * Token ids as the text tower takes them; the first {@code used} are the text, the rest padding.
 */
public record Tokens(long[] ids, int used) {
  /** Start, as much of the content as fits, end, and padding when the package asks for it. */
  static Tokens framed(long start, long[] content, long end, Frame frame) {
    int kept = Math.min(content.length, frame.maxTokens() - 2);
    int length = frame.padded() ? frame.maxTokens() : kept + 2;
    long[] ids = new long[length];
    Arrays.fill(ids, frame.paddingId());
    ids[0] = start;
    System.arraycopy(content, 0, ids, 1, kept);
    ids[kept + 1] = end;
    return new Tokens(ids, kept + 2);
  }

  /** The same without a start. */
  static Tokens ended(long[] content, long end, Frame frame) {
    int kept = Math.min(content.length, frame.maxTokens() - 1);
    long[] ids = new long[frame.padded() ? frame.maxTokens() : kept + 1];
    Arrays.fill(ids, frame.paddingId());
    System.arraycopy(content, 0, ids, 0, kept);
    ids[kept] = end;
    return new Tokens(ids, kept + 1);
  }

  /** How many tokens a text may have, and what fills it up. */
  record Frame(int maxTokens, boolean padded, int paddingId) {}
}
