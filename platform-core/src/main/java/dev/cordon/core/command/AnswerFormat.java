package dev.cordon.core.command;

/** The form in which an answer is given; what it says is the same. */
public enum AnswerFormat {
  /** Pixels of the upright image, and masks as COCO run lengths. */
  PLAIN,
  /** With the tensors that decoders of the SAM family take. */
  SAM
}
