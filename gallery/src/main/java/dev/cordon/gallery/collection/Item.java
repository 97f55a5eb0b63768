package dev.cordon.gallery.collection;

import java.util.List;

/**
 * What is known of an item beside its vector: the caller's opaque name, the pseudonyms of the
 * persons it shows, and the area it was sent for.
 */
public record Item(String name, List<String> subjects, String area) {
  /** What a caller may call an item. */
  public static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";

  public Item {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("an item has a short plain name");
    }
    subjects = subjects.stream().distinct().sorted().toList();
    for (String subject : subjects) {
      if (!subject.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("a subject is a pseudonym of 64 hex digits");
      }
    }
  }
}
