package dev.cordon.benchmarks.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A photograph with the boxes of each label that is on it; a label without boxes is there, nobody
 * said where. A crowd's label has its single boxes only, and no count.
 */
record LabelledPhoto(Path file, Map<String, List<Place>> labels, Set<String> crowds) {
  private static final String INDEX = "index.json";
  private static final int SAMPLE = 120;

  /** By the folder's index, or, without one, by the names of the folders that hold JPEG files. */
  static List<LabelledPhoto> of(Path folder) throws IOException {
    Path index = folder.resolve(INDEX);
    return Files.exists(index) ? indexed(folder, index) : sampled(named(folder));
  }

  private static List<LabelledPhoto> indexed(Path folder, Path index) throws IOException {
    List<LabelledPhoto> photos = new ArrayList<>();
    for (JsonNode photo : new ObjectMapper().readTree(index.toFile())) {
      Map<String, List<Place>> labels = new TreeMap<>();
      Set<String> crowds = new HashSet<>();
      for (JsonNode object : photo.path("objects")) {
        String label = object.path("label").asText();
        List<Place> places = labels.computeIfAbsent(label, _ -> new ArrayList<>());
        JsonNode box = object.path("bbox");
        if (object.path("crowd").asInt(0) != 0) {
          crowds.add(label);
        } else if (box.size() == 4) {
          places.add(
              new Place(
                  box.get(0).asDouble(),
                  box.get(1).asDouble(),
                  box.get(2).asDouble(),
                  box.get(3).asDouble()));
        }
      }
      photos.add(new LabelledPhoto(folder.resolve(photo.path("file").asText()), labels, crowds));
    }
    return photos;
  }

  private static List<LabelledPhoto> named(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches("(?i).*\\.jpe?g"))
          .sorted()
          .map(file -> new LabelledPhoto(file, Map.of(label(file), List.of()), Set.of()))
          .toList();
    }
  }

  private static String label(Path file) {
    String folder = file.toAbsolutePath().getParent().getFileName().toString();
    return folder.toLowerCase(Locale.ROOT).replaceAll("[_-]", " ");
  }

  /** Evenly over all of them. */
  private static List<LabelledPhoto> sampled(List<LabelledPhoto> all) {
    List<LabelledPhoto> sample = new ArrayList<>();
    int size = Math.min(SAMPLE, all.size());
    for (int i = 0; i < size; i++) {
      sample.add(all.get((int) ((long) i * all.size() / size)));
    }
    return sample;
  }
}
