package dev.cordon.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * BERT's tokenizer: words and punctuation, each word cut greedily into the longest pieces of the
 * vocabulary. Reads {@code tokenizer.json}; immutable.
 */
public final class WordPieceTokenizer implements TextTokenizer {
  private final BertNormalizer normalizer;
  private final Map<String, Integer> vocabulary;
  private final String prefix;
  private final int maxWordLength;
  private final int unknown;
  private final int start;
  private final int end;
  private final Tokens.Frame frame;

  private WordPieceTokenizer(JsonNode file, Tokens.Frame frame) throws IOException {
    this.frame = frame;
    normalizer = BertNormalizer.read(file);
    vocabulary = TokenizerFile.vocabulary(file.at("/model/vocab"));
    prefix = TokenizerFile.text(file, "/model/continuing_subword_prefix");
    maxWordLength = TokenizerFile.count(file, "/model/max_input_chars_per_word");
    unknown = TokenizerFile.id(vocabulary, TokenizerFile.text(file, "/model/unk_token"));
    start = TokenizerFile.id(vocabulary, "[CLS]");
    end = TokenizerFile.id(vocabulary, "[SEP]");
  }

  static WordPieceTokenizer read(byte[] json, Tokens.Frame frame) throws IOException {
    JsonNode file = TokenizerFile.read(json);
    TokenizerFile.require(file, "/model/type", "WordPiece");
    TokenizerFile.require(file, "/pre_tokenizer/type", "BertPreTokenizer");
    return new WordPieceTokenizer(file, frame);
  }

  @Override
  public Tokens encode(String text) {
    LongStream.Builder ids = LongStream.builder();
    for (String word : words(normalizer.normalise(text))) {
      pieces(word).forEach(ids::add);
    }
    return Tokens.framed(start, ids.build().toArray(), end, frame);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean alone = Letters.isPunctuation(c);
              if (alone || Letters.isSpace(c)) {
                flush(word, words);
              }
              if (alone) {
                words.add(Character.toString(c));
              } else if (!Letters.isSpace(c)) {
                word.appendCodePoint(c);
              }
            });
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** One unknown token when some part of the word is in no piece. */
  private List<Integer> pieces(String word) {
    if (word.codePointCount(0, word.length()) > maxWordLength) {
      return List.of(unknown);
    }
    List<Integer> pieces = new ArrayList<>();
    for (int from = 0; from < word.length(); ) {
      int to = word.length();
      Integer id = vocabulary.get(piece(word, from, to));
      while (id == null && to > from + 1) {
        to = word.offsetByCodePoints(to, -1);
        id = to > from ? vocabulary.get(piece(word, from, to)) : null;
      }
      if (id == null) {
        return List.of(unknown);
      }
      pieces.add(id);
      from = to;
    }
    return pieces;
  }

  private String piece(String word, int from, int to) {
    String part = word.substring(from, to);
    return from == 0 ? part : prefix + part;
  }
}
