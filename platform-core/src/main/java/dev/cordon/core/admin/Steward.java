package dev.cordon.core.admin;

import dev.cordon.audit.consent.Pseudonyms;

/** Who acts: the tenant and the subject of the token. */
public record Steward(String tenant, String subject) {
  /** No tenant has this name: packages belong to the deployment, and so do their stewards. */
  private static final String STEWARDS = "*";

  /** What stands for the person in the registries and in leaves. */
  String pseudonym(Pseudonyms pseudonyms) {
    return pseudonyms.of(STEWARDS, subject);
  }
}
