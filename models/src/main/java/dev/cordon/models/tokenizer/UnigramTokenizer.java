package dev.cordon.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The tokenizer of SigLIP and others of SentencePiece's unigram kind: normalises as its file says,
 * marks the begin of words, splits them into the likeliest pieces, and ends with one token. Reads
 * {@code tokenizer.json}; immutable.
 */
public final class UnigramTokenizer implements TextTokenizer {
  private final TextNormalizer normalizer;
  private final UnigramPieces pieces;
  private final String space;
  private final boolean prepends;
  private final boolean splits;
  private final int end;
  private final Tokens.Frame frame;

  private UnigramTokenizer(JsonNode json, Tokens.Frame frame) throws IOException {
    TokenizerFile.require(json, "/model/type", "Unigram");
    TokenizerFile.require(json, "/pre_tokenizer/type", "Metaspace");
    if (json.at("/model/byte_fallback").asBoolean()) {
      throw new IOException("tokenizer field `/model/byte_fallback` is not false");
    }
    this.normalizer = TextNormalizer.read(json.path("normalizer"));
    JsonNode marks = json.path("pre_tokenizer");
    this.space = TokenizerFile.text(marks, "/replacement");
    this.prepends = prepends(marks);
    this.splits = !marks.has("split") || TokenizerFile.flag(marks, "/split");
    Set<String> special = special(json.path("added_tokens"));
    List<UnigramPieces.Piece> vocabulary = vocabulary(json.at("/model/vocab"));
    int unknown = json.at("/model/unk_id").asInt(-1);
    if (unknown < 0 || unknown >= vocabulary.size()) {
      throw new IOException("tokenizer field `/model/unk_id` names no piece");
    }
    this.pieces = new UnigramPieces(vocabulary, unknown, special);
    this.end = end(json);
    this.frame = frame;
  }

  static UnigramTokenizer read(byte[] file, Tokens.Frame frame) throws IOException {
    return new UnigramTokenizer(TokenizerFile.read(file), frame);
  }

  @Override
  public Tokens encode(String text) {
    String marked = normalizer.apply(text).replace(" ", space);
    if (prepends && !marked.isEmpty() && !marked.startsWith(space)) {
      marked = space + marked;
    }
    LongStream.Builder ids = LongStream.builder();
    int from = 0;
    while (from < marked.length()) {
      int next = splits ? marked.indexOf(space, from + 1) : -1;
      int to = next < 0 ? marked.length() : next;
      pieces.encode(marked.substring(from, to), ids);
      from = to;
    }
    return Tokens.ended(ids.build().toArray(), end, frame);
  }

  /** Older files have a flag, newer ones a word; one text is always the first. */
  private static boolean prepends(JsonNode marks) throws IOException {
    if (!marks.has("prepend_scheme")) {
      return TokenizerFile.flag(marks, "/add_prefix_space");
    }
    String scheme = TokenizerFile.text(marks, "/prepend_scheme");
    return switch (scheme) {
      case "always", "first" -> true;
      case "never" -> false;
      default -> throw new IOException("tokenizer field `/pre_tokenizer` has `" + scheme + "`");
    };
  }

  private static Set<String> special(JsonNode added) throws IOException {
    Set<String> special = new HashSet<>();
    for (JsonNode token : added) {
      if (!TokenizerFile.flag(token, "/special")) {
        throw new IOException("an added token is not special");
      }
      special.add(TokenizerFile.text(token, "/content"));
    }
    return special;
  }

  private static List<UnigramPieces.Piece> vocabulary(JsonNode rows) throws IOException {
    List<UnigramPieces.Piece> pieces = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      boolean sound =
          row.size() == 2
              && row.get(0).isTextual()
              && row.get(1).isNumber()
              && Double.isFinite(row.get(1).doubleValue());
      if (!sound) {
        throw new IOException("the vocabulary holds a row that is no piece with a score");
      }
      pieces.add(new UnigramPieces.Piece(row.get(0).textValue(), row.get(1).doubleValue()));
    }
    if (pieces.isEmpty()) {
      throw new IOException("the vocabulary is empty");
    }
    return pieces;
  }

  /** The text, then one special token: {@code $A </s>}. */
  private static int end(JsonNode json) throws IOException {
    TokenizerFile.require(json, "/post_processor/type", "TemplateProcessing");
    JsonNode processor = json.path("post_processor");
    JsonNode single = processor.path("single");
    if (single.size() != 2 || !single.get(0).has("Sequence")) {
      throw new IOException("tokenizer field `/post_processor/single` is not a text and its end");
    }
    String token = TokenizerFile.text(single.get(1), "/SpecialToken/id");
    JsonNode ids = processor.path("special_tokens").path(token).path("ids");
    if (ids.size() != 1 || !ids.get(0).isInt()) {
      throw new IOException("tokenizer field `/post_processor/special_tokens` lacks the end");
    }
    return ids.get(0).intValue();
  }
}
