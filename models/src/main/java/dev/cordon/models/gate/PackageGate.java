package dev.cordon.models.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.models.graph.GraphHeader;
import dev.cordon.models.manifest.ModelManifest;
import java.util.List;
import java.util.Optional;

/** Both gates that a package passes before it is loaded or registered. Immutable. */
public record PackageGate(LicenceGate licences, FamilyGate families) {
  /** The shipped family lists with these licences. */
  public static PackageGate allowing(List<String> licences) {
    return new PackageGate(new LicenceGate(licences), FamilyGate.shipped());
  }

  /** Why the manifest is refused before its fields are read. */
  public Optional<String> refusal(JsonNode manifest) {
    return families.refusal(manifest);
  }

  /** Why a graph of the package is refused, by what it calls itself. */
  public Optional<String> refusal(ModelManifest manifest, GraphHeader graph) {
    return families.refusalOfNames(manifest.task(), graph.names());
  }

  /** Why a well-formed manifest is refused. */
  public Optional<String> refusal(ModelManifest manifest) {
    return licences
        .refusal(manifest)
        .or(
            () ->
                manifest.files().entrySet().stream()
                    .map(file -> families.refusalOfDigest(file.getKey(), file.getValue().sha256()))
                    .flatMap(Optional::stream)
                    .findFirst());
  }
}
