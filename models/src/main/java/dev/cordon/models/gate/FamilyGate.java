package dev.cordon.models.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.models.manifest.ModelManifest.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses models that recognise persons by face, gait, iris, voice or appearance, whatever they are
 * packed as: by declared task, by the name of an architecture, and by the digest of known weights.
 * What proposes regions may not look for faces or persons either. No configuration opens it.
 */
public final class FamilyGate {
  /** What a manifest says of itself; its out-of-scope list is meant to name such uses. */
  private static final List<String> DECLARED =
      List.of("task", "family", "id", "title", "sources", "intendedUse");

  private final Map<String, Pattern> names = new HashMap<>();
  private final Map<String, Pattern> proposers = new HashMap<>();
  private final Map<String, String> digests = new HashMap<>();

  private FamilyGate() {}

  /** The shipped lists. */
  public static FamilyGate shipped() {
    FamilyGate gate = new FamilyGate();
    for (String line : lines()) {
      String[] parts = line.split("\\s+");
      if (parts[0].equals("sha256")) {
        gate.digests.put(parts[2], parts[1]);
      } else {
        Map<String, Pattern> patterns = parts[0].equals("proposer") ? gate.proposers : gate.names;
        patterns.merge(
            parts[1],
            Pattern.compile("(?<![a-z0-9])" + parts[2] + "(?![a-z])"),
            (one, other) -> Pattern.compile(one + "|" + other));
      }
    }
    return gate;
  }

  /** Why a manifest is refused; it is read as it stands, before any of it is believed. */
  public Optional<String> refusal(JsonNode manifest) {
    String task = manifest.path("task").asText();
    for (String field : DECLARED) {
      Optional<String> family = family(task, manifest.path(field).toString());
      if (family.isPresent()) {
        return family.map(
            name -> "`" + field + "` names a model for " + name + ", which is never loaded");
      }
    }
    return Optional.empty();
  }

  /** Why one of these names is refused, such as what a graph of such a package calls itself. */
  public Optional<String> refusalOfNames(Task task, Collection<String> texts) {
    return texts.stream()
        .map(text -> family(task.word(), text))
        .flatMap(Optional::stream)
        .findFirst()
        .map(name -> "a graph names itself a model for " + name + ", which is never loaded");
  }

  /** Why a file is refused, if its digest is that of known weights. */
  public Optional<String> refusalOfDigest(String file, String sha256) {
    return Optional.ofNullable(digests.get(sha256))
        .map(
            name -> "file `" + file + "` is a known model for " + name + ", which is never loaded");
  }

  private Optional<String> family(String task, String text) {
    return family(names, text)
        .or(
            () ->
                task.equals(Task.REGION_PROPOSAL.word())
                    ? family(proposers, text)
                    : Optional.empty());
  }

  private static Optional<String> family(Map<String, Pattern> patterns, String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[\\s_.:/-]+", "-");
    return patterns.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(plain).find())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private static List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                FamilyGate.class.getResourceAsStream("refused-families.txt"),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
