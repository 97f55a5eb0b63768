package dev.cordon.spi;

import java.util.Set;

/** What the answering model can do: languages it reads (BCP 47) and whether it has a dense grid. */
public record ModelInfo(Set<String> languages, boolean denseMap) {
  public ModelInfo {
    languages = Set.copyOf(languages);
  }
}
