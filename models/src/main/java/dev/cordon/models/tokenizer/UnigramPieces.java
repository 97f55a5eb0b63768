package dev.cordon.models.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * SentencePiece's unigram model: splits a word so that the sum of its pieces' scores is greatest,
 * the earlier start winning a tie. Takes steps linear in the word's length. Immutable.
 */
final class UnigramPieces {
  private static final double UNKNOWN_PENALTY = 10;
  private static final int NONE = -1;

  private final List<Piece> pieces;
  private final int unknown;
  private final double unknownScore;

  /** Steps of the trie by node and character, and the piece that ends at a node. */
  private final Map<Long, Integer> steps = new HashMap<>();

  private final Map<Integer, Integer> ends = new HashMap<>();

  /** A piece and the logarithm of its probability. */
  record Piece(String text, double score) {}

  /** Special pieces are never found in a text, which is data whatever it spells. */
  UnigramPieces(List<Piece> pieces, int unknown, Set<String> special) {
    this.pieces = pieces;
    this.unknown = unknown;
    this.unknownScore =
        pieces.stream().mapToDouble(Piece::score).min().orElseThrow() - UNKNOWN_PENALTY;
    for (int id = 0; id < pieces.size(); id++) {
      if (!special.contains(pieces.get(id).text()) && id != unknown) {
        add(pieces.get(id).text(), id);
      }
    }
  }

  private void add(String text, int id) {
    int node = 0;
    for (int i = 0; i < text.length(); i++) {
      int fresh = steps.size() + 1;
      Integer known = steps.putIfAbsent(key(node, text.charAt(i)), fresh);
      node = known == null ? fresh : known;
    }
    ends.put(node, id);
  }

  private static long key(int node, char c) {
    return (long) node << Character.SIZE | c;
  }

  /** Appends the ids of a word; unknown characters next to each other are one unknown piece. */
  void encode(String word, LongStream.Builder ids) {
    int length = word.length();
    double[] best = new double[length + 1];
    int[] starts = new int[length + 1];
    int[] found = new int[length + 1];
    Arrays.fill(starts, NONE);
    int at = 0;
    while (at < length) {
      int one = Character.charCount(word.codePointAt(at));
      boolean hasSingle = false;
      int node = 0;
      for (int i = at; i < length; i++) {
        Integer next = steps.get(key(node, word.charAt(i)));
        if (next == null) {
          break;
        }
        node = next;
        Integer id = ends.get(node);
        if (id != null) {
          offer(best, starts, found, at, i + 1, id, pieces.get(id).score());
          hasSingle |= i + 1 == at + one;
        }
      }
      if (!hasSingle) {
        offer(best, starts, found, at, at + one, unknown, unknownScore);
      }
      at += one;
    }
    walk(starts, found, ids);
  }

  private static void offer(
      double[] best, int[] starts, int[] found, int from, int to, int id, double score) {
    double sum = best[from] + score;
    if (starts[to] == NONE || sum > best[to]) {
      best[to] = sum;
      starts[to] = from;
      found[to] = id;
    }
  }

  private void walk(int[] starts, int[] found, LongStream.Builder ids) {
    long[] backwards = new long[starts.length];
    int count = 0;
    boolean wasUnknown = false;
    for (int end = starts.length - 1; end > 0; end = starts[end]) {
      boolean isUnknown = found[end] == unknown;
      if (!(isUnknown && wasUnknown)) {
        backwards[count++] = found[end];
      }
      wasUnknown = isUnknown;
    }
    while (count > 0) {
      ids.add(backwards[--count]);
    }
  }
}
