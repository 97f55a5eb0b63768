package dev.cordon.models.tokenizer;

import dev.cordon.models.manifest.TextTower;
import java.io.IOException;
import java.util.List;

/** Splits a text into the tokens of one package; cuts what is too long, never fails on a text. */
public sealed interface TextTokenizer permits WordPieceTokenizer, ClipTokenizer, UnigramTokenizer {
  /**
   * The text between its start, where there is one, and its end; content that does not fit is cut
   * off, the end is kept.
   */
  Tokens encode(String text);

  /**
   * The tokenizer a package names, from the contents of its files in the manifest's order; a file
   * with settings that this tokenizer does not have is refused.
   */
  static TextTokenizer of(TextTower.Tokenizer rules, List<byte[]> files) throws IOException {
    boolean padded = rules.padding() != null;
    Tokens.Frame frame =
        new Tokens.Frame(rules.maxTokens(), padded, padded ? rules.padding().id() : 0);
    return switch (rules.kind()) {
      case WORD_PIECE -> WordPieceTokenizer.read(files.getFirst(), frame);
      case CLIP_BPE -> ClipTokenizer.read(files, frame);
      case UNIGRAM -> UnigramTokenizer.read(files.getFirst(), frame);
    };
  }
}
