package dev.cordon.models.gate;

import dev.cordon.models.manifest.ModelManifest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets in licences that are on a list, and no others: every term of an AND must be listed, one term
 * of an OR is enough, and {@code A WITH B} is listed as a whole. What a part of the package was
 * made from counts like the package itself.
 */
public final class LicenceGate {
  /** Permissive licences, and the one licence without an SPDX id that the starter needs. */
  public static final List<String> DEFAULT =
      List.of(
          "0BSD",
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "BSL-1.0",
          "CC-BY-4.0",
          "CC0-1.0",
          "ISC",
          "LicenseRef-WordNet",
          "MIT",
          "MIT-0",
          "Unlicense",
          "Zlib");

  private static final Pattern NON_COMMERCIAL =
      Pattern.compile("-NC(-|$)|non-?commercial|research-?only", Pattern.CASE_INSENSITIVE);

  private final Set<String> allowed;

  public LicenceGate(List<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** The field and licence that is refused; empty when all are let in. */
  public Optional<String> refusal(ModelManifest manifest) {
    return refusal("licence", manifest.licence())
        .or(
            () ->
                manifest.sources().stream()
                    .map(source -> refusal("sources.licence", source.licence()))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  /** Why a package of that licence would be refused. */
  public Optional<String> refusal(String licence) {
    return refusal("licence", licence);
  }

  private Optional<String> refusal(String field, String expression) {
    Optional<String> best = Optional.empty();
    for (String choice : expression.split(" OR ")) {
      Optional<String> refused =
          List.of(choice.split(" AND ")).stream()
              .filter(term -> !allowed.contains(term))
              .findFirst();
      if (refused.isEmpty()) {
        return Optional.empty();
      }
      best = refused;
    }
    return best.map(
        term ->
            "`"
                + field
                + "` names `"
                + term
                + "`, "
                + (NON_COMMERCIAL.matcher(term).find()
                    ? "which forbids commercial use"
                    : "which is not on the list of allowed licences"));
  }
}
