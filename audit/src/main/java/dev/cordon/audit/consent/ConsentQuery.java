package dev.cordon.audit.consent;

import java.time.Instant;
import java.util.List;

/** May these subjects' data be processed for this purpose, by this capability, here and now? */
public record ConsentQuery(
    String tenant,
    List<String> subjects,
    String purpose,
    String capability,
    String area,
    Instant now) {
  public ConsentQuery {
    subjects = subjects.stream().distinct().toList();
  }
}
