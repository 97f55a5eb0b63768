package dev.cordon.models.tokenizer;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Byte-pair encoding of one word: of all neighbours that may be joined, the pair that was learned
 * first goes first, the leftmost of equals. Takes n log n steps, so a long word cannot stall it.
 */
final class BytePairs {
  /** Marks the last symbol of a word. */
  static final String END = "</w>";

  private static final Comparator<Join> ORDER =
      Comparator.comparingInt(Join::rank).thenComparingInt(Join::left);

  private final int[] byteIds;
  private final int[] lastByteIds;
  private final Map<Long, Merge> merges;

  private BytePairs(int[] byteIds, int[] lastByteIds, Map<Long, Merge> merges) {
    this.byteIds = byteIds;
    this.lastByteIds = lastByteIds;
    this.merges = merges;
  }

  /** What two neighbouring symbols become, and how early that was learned. */
  private record Merge(int rank, int id) {}

  /** A join that was possible when it was noted; stale when its symbols changed since. */
  private record Join(int rank, int left, int leftId, int right, int rightId, int id) {}

  static BytePairs of(Map<String, Integer> vocabulary, List<String[]> pairs) throws IOException {
    Map<Long, Merge> merges = HashMap.newHashMap(pairs.size());
    for (int rank = 0; rank < pairs.size(); rank++) {
      String left = pairs.get(rank)[0];
      String right = pairs.get(rank)[1];
      long key = key(TokenizerFile.id(vocabulary, left), TokenizerFile.id(vocabulary, right));
      merges.putIfAbsent(key, new Merge(rank, TokenizerFile.id(vocabulary, left + right)));
    }
    int[] bytes = new int[256];
    int[] lastBytes = new int[256];
    String alphabet = alphabet();
    for (int b = 0; b < 256; b++) {
      String symbol = alphabet.substring(b, b + 1);
      bytes[b] = TokenizerFile.id(vocabulary, symbol);
      lastBytes[b] = TokenizerFile.id(vocabulary, symbol + END);
    }
    return new BytePairs(bytes, lastBytes, merges);
  }

  /** Ids of a word of at least one byte. */
  int[] encode(byte[] word) {
    Chain chain = new Chain(word);
    for (Join join = chain.joins.poll(); join != null; join = chain.joins.poll()) {
      chain.apply(join);
    }
    return IntStream.of(chain.ids).filter(id -> id != Chain.GONE).toArray();
  }

  /** The character that spells each byte: itself when it is visible, else one from 256 on. */
  static String alphabet() {
    StringBuilder alphabet = new StringBuilder(256);
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean visible = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      alphabet.append((char) (visible ? b : next++));
    }
    return alphabet.toString();
  }

  private static long key(int left, int right) {
    return (long) left << 32 | right;
  }

  /** The word's symbols, linked; a joined symbol lives on in its left half. */
  private final class Chain {
    static final int GONE = -1;

    private final int[] ids;
    private final int[] before;
    private final int[] after;
    private final PriorityQueue<Join> joins = new PriorityQueue<>(ORDER);

    Chain(byte[] word) {
      int last = word.length - 1;
      ids = IntStream.rangeClosed(0, last).map(i -> byteIds[word[i] & 0xff]).toArray();
      ids[last] = lastByteIds[word[last] & 0xff];
      before = IntStream.rangeClosed(0, last).map(i -> i - 1).toArray();
      after = IntStream.rangeClosed(0, last).map(i -> i < last ? i + 1 : GONE).toArray();
      for (int left = 0; left < last; left++) {
        note(left, left + 1);
      }
    }

    void note(int left, int right) {
      Merge merge = left == GONE || right == GONE ? null : merges.get(key(ids[left], ids[right]));
      if (merge != null) {
        joins.add(new Join(merge.rank, left, ids[left], right, ids[right], merge.id));
      }
    }

    void apply(Join join) {
      int left = join.left;
      int right = join.right;
      boolean stale =
          ids[left] != join.leftId || ids[right] != join.rightId || after[left] != right;
      if (stale) {
        return;
      }
      ids[left] = join.id;
      ids[right] = GONE;
      after[left] = after[right];
      if (after[left] != GONE) {
        before[after[left]] = left;
      }
      note(before[left], left);
      note(left, after[left]);
    }
  }
}
