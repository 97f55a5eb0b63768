package dev.cordon.policy.evaluation;

import dev.cordon.policy.language.Facts;
import dev.cordon.policy.language.ImageFacts;
import dev.cordon.policy.language.OutputFacts;
import dev.cordon.policy.language.Stage;
import dev.cordon.policy.screening.Hit;
import dev.cordon.policy.screening.Screening;
import dev.cordon.policy.screening.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Facts of a permitted demo call, to be changed one by one. */
record Scenario(
    Stage stage,
    Instant now,
    String tenant,
    String capability,
    String purpose,
    String area,
    Set<String> jurisdictions,
    int withoutConsent,
    Screening screening) {
  static Scenario permitted(Stage stage) {
    return new Scenario(
        stage,
        Instant.parse("2026-11-24T12:00:00Z"),
        "demo",
        "image-tagging",
        "inventory-check",
        "retail",
        Set.of(),
        0,
        Screening.CLEAN);
  }

  static Screening screening(Verdict verdict, String... categories) {
    return new Screening(
        verdict,
        Arrays.stream(categories).map(c -> new Hit(c, "competing-labels", "text")).toList());
  }

  Scenario at(Instant time) {
    return new Scenario(
        stage, time, tenant, capability, purpose, area, jurisdictions, withoutConsent, screening);
  }

  Scenario of(String otherTenant) {
    return new Scenario(
        stage,
        now,
        otherTenant,
        capability,
        purpose,
        area,
        jurisdictions,
        withoutConsent,
        screening);
  }

  Scenario call(String otherCapability, String otherPurpose, String otherArea) {
    return new Scenario(
        stage,
        now,
        tenant,
        otherCapability,
        otherPurpose,
        otherArea,
        jurisdictions,
        withoutConsent,
        screening);
  }

  Scenario in(Set<String> places) {
    return new Scenario(
        stage, now, tenant, capability, purpose, area, places, withoutConsent, screening);
  }

  Scenario unconsented(int subjects) {
    return new Scenario(
        stage, now, tenant, capability, purpose, area, jurisdictions, subjects, screening);
  }

  Scenario screened(Screening other) {
    return new Scenario(
        stage, now, tenant, capability, purpose, area, jurisdictions, withoutConsent, other);
  }

  Facts facts() {
    return new Facts(
        stage,
        now,
        tenant,
        Set.of("caller"),
        capability,
        purpose,
        area,
        jurisdictions,
        withoutConsent,
        withoutConsent,
        screening,
        stage == Stage.ADMISSION
            ? Optional.empty()
            : Optional.of(new ImageFacts(640, 480, 0.5, 0.5, 0.2)),
        stage == Stage.OUTPUT ? Optional.of(new OutputFacts(3)) : Optional.empty());
  }
}
