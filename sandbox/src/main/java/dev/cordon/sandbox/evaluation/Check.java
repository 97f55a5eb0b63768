package dev.cordon.sandbox.evaluation;

import java.util.Locale;

/** What every evaluation looks at, in the order of a report. */
public enum Check {
  /** It answers questions of one kind at least. */
  ANSWERS,
  /** Scores are probabilities, the best first; regions and points lie inside the image. */
  SOUND_FINDINGS,
  /** The same question about the same image has the same answer. */
  REPEATABLE,
  /** Two threads get what one gets. */
  TWO_THREADS,
  /** Images of a pixel, of a line and of many megapixels are answered soundly. */
  IMAGE_SIZES,
  /** One label and two hundred are answered, and a label asked twice counts once. */
  LABEL_COUNTS,
  /** It says only what was asked, or what the host's screen takes for neutral. */
  ASKED_TEXTS,
  /** It honours the most findings and the least score that are asked for. */
  OPTIONS,
  /** It is not sure of a label to which nothing is similar. */
  ABSENT_LABELS,
  /** It makes no finding of what is no number, and passes a refusal on. */
  BROKEN_MODEL,
  /** Median of whole calls, the model included; passes when it could be measured. */
  LATENCY_P50,
  /** As above, of the slow ones. */
  LATENCY_P99,
  /** Every call ended in time; the figure is the slowest. */
  IN_TIME,
  /** No instance had to be ended; the figure counts the calls. */
  NO_TRIP;

  /** The name in a report. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
