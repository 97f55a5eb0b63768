package dev.cordon.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * CLIP's tokenizer: small letters, single spaces, words spelt in bytes and joined pair by pair, the
 * last byte of a word marked. Reads {@code tokenizer.json}, or a vocabulary and its merges;
 * immutable.
 */
public final class ClipTokenizer implements TextTokenizer {
  private static final Pattern WORD =
      Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+");

  private final BytePairs pairs;
  private final int start;
  private final int end;
  private final Tokens.Frame frame;

  private ClipTokenizer(Map<String, Integer> vocabulary, List<String[]> merges, Tokens.Frame frame)
      throws IOException {
    this.pairs = BytePairs.of(vocabulary, merges);
    this.start = TokenizerFile.id(vocabulary, "<|startoftext|>");
    this.end = TokenizerFile.id(vocabulary, "<|endoftext|>");
    this.frame = frame;
  }

  static ClipTokenizer read(List<byte[]> files, Tokens.Frame frame) throws IOException {
    JsonNode json = TokenizerFile.read(files.getFirst());
    if (files.size() == 2) {
      return new ClipTokenizer(TokenizerFile.vocabulary(json), lines(files.getLast()), frame);
    }
    TokenizerFile.require(json, "/model/type", "BPE");
    TokenizerFile.require(json, "/model/end_of_word_suffix", BytePairs.END);
    List<String[]> merges = new ArrayList<>();
    for (JsonNode merge : json.at("/model/merges")) {
      merges.add(merge.isTextual() ? pair(merge.textValue()) : pair(merge));
    }
    return new ClipTokenizer(TokenizerFile.vocabulary(json.at("/model/vocab")), merges, frame);
  }

  @Override
  public Tokens encode(String text) {
    LongStream.Builder ids = LongStream.builder();
    Matcher words = WORD.matcher(normalise(text));
    while (words.find()) {
      for (int id : pairs.encode(words.group().getBytes(StandardCharsets.UTF_8))) {
        ids.add(id);
      }
    }
    return Tokens.framed(start, ids.build().toArray(), end, frame);
  }

  private static String normalise(String text) {
    StringBuilder spaced = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(c -> spaced.appendCodePoint(Letters.isSpace(c) ? ' ' : c));
    return Letters.lowerCase(spaced.toString());
  }

  private static List<String[]> lines(byte[] merges) throws IOException {
    List<String[]> pairs = new ArrayList<>();
    for (String line : new String(merges, StandardCharsets.UTF_8).split("\r?\n")) {
      if (!line.isEmpty() && !line.startsWith("#version")) {
        pairs.add(pair(line));
      }
    }
    return pairs;
  }

  private static String[] pair(String merge) throws IOException {
    String[] pair = merge.split(" ", -1);
    if (pair.length != 2) {
      throw new IOException("a merge is not a pair");
    }
    return pair;
  }

  private static String[] pair(JsonNode merge) throws IOException {
    if (merge.size() != 2) {
      throw new IOException("a merge is not a pair");
    }
    return new String[] {merge.get(0).asText(), merge.get(1).asText()};
  }
}
