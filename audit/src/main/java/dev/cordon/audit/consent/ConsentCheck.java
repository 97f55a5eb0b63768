package dev.cordon.audit.consent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a query: the id of one valid record for each subject that has one, in the order of
 * the subjects, and the pseudonyms of those that have none.
 */
public record ConsentCheck(List<String> consentIds, List<String> missing) {
  private static final Comparator<ConsentRecord> LATEST =
      Comparator.comparing(ConsentRecord::givenAt)
          .thenComparing(consent -> consent.id().toString());

  public ConsentCheck {
    consentIds = List.copyOf(consentIds);
    missing = List.copyOf(missing);
  }

  /** Answers from records; the latest valid one speaks for its subject. */
  public static ConsentCheck of(ConsentQuery query, List<ConsentRecord> records) {
    List<String> used = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String subject : query.subjects()) {
      Optional<ConsentRecord> valid =
          records.stream()
              .filter(consent -> consent.tenant().equals(query.tenant()))
              .filter(consent -> consent.subject().equals(subject))
              .filter(consent -> consent.purpose().equals(query.purpose()))
              .filter(consent -> consent.covers(query.capability(), query.area()))
              .filter(consent -> consent.isValid(query.now()))
              .max(LATEST);
      valid.ifPresentOrElse(
          consent -> used.add(consent.id().toString()), () -> missing.add(subject));
    }
    return new ConsentCheck(used, missing);
  }

  /** True when no subject lacks a valid record. */
  public boolean complete() {
    return missing.isEmpty();
  }
}
