package dev.cordon.core.command;

/** Where the masks of an answer come from. */
public enum MaskSource {
  /** From the prompts themselves, as rough as they are. */
  PROMPT,
  /** From the host's segmenter, run on the prompts. */
  SEGMENTER
}
