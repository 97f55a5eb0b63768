package dev.cordon.models.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The graph that embeds texts: token ids, and where the graph has them attention mask and token
 * types (else null), each (batch, sequence); the embedding is (batch, dimension).
 */
public record TextTower(
    String graph,
    Tensor ids,
    Tensor attentionMask,
    Tensor tokenTypes,
    Tensor embedding,
    Batching batch,
    Tokenizer tokenizer) {
  public TextTower {
    Field.text("text.graph", graph);
    Field.present("text.ids", ids);
    Field.present("text.embedding", embedding);
    Field.present("text.batch", batch);
    Field.present("text.tokenizer", tokenizer);
    if (batch == Batching.EXACT && tokenizer.padding() == null) {
      throw new IllegalArgumentException("`text.batch` is exact, but texts differ in length");
    }
  }

  /**
   * The tokenizer and its files: one {@code tokenizer.json}, or for {@link Kind#CLIP_BPE} a
   * vocabulary and a list of merges; {@code maxTokens} counts start and end. A null {@code padding}
   * means that a text is as long as its tokens.
   */
  public record Tokenizer(Kind kind, List<String> files, int maxTokens, Padding padding) {
    public Tokenizer {
      Field.present("text.tokenizer.kind", kind);
      files = Field.list("text.tokenizer.files", files);
      Field.atLeast("text.tokenizer.maxTokens", maxTokens, 3);
      if (files.size() > (kind == Kind.CLIP_BPE ? 2 : 1)) {
        throw new IllegalArgumentException("`text.tokenizer.files` has too many entries");
      }
    }
  }

  /** Fill every text up to {@code maxTokens} with this token id. */
  public record Padding(int id) {
    public Padding {
      Field.atLeast("text.tokenizer.padding.id", id, 0);
    }
  }

  /** The tokenizers a package may name. */
  public enum Kind {
    /** BERT's WordPiece. */
    @JsonProperty("wordpiece")
    WORD_PIECE,
    /** CLIP's byte-level byte-pair encoding. */
    @JsonProperty("clip-bpe")
    CLIP_BPE,
    /** SentencePiece's unigram model, as SigLIP has it. */
    @JsonProperty("unigram")
    UNIGRAM
  }
}
