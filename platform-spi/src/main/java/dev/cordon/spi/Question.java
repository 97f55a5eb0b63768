package dev.cordon.spi;

import java.util.List;

/** What a caller asks of an image. Already screened and permitted. */
public sealed interface Question {
  /** Which of these labels apply? Each template contains {@code {}} where the label goes. */
  record Labels(List<String> labels, List<String> templates) implements Question {
    public Labels {
      labels = List.copyOf(labels);
      templates = List.copyOf(templates);
      if (labels.isEmpty() || templates.isEmpty()) {
        throw new IllegalArgumentException("labels and templates must not be empty");
      }
    }
  }

  /** How far does this text describe the image? */
  record Text(String text) implements Question {}

  /** Nothing in words: describe the image, or find what looks like it. */
  record Open() implements Question {}
}
