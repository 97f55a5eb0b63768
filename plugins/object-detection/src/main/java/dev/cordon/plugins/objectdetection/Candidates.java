package dev.cordon.plugins.objectdetection;

import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The regions worth a closer look: boxes around the hottest peaks of the labels, each at several
 * levels, so that the comparison of regions can choose the size, and what the host proposes.
 */
record Candidates(ImageGeometry image, List<Region> regions, List<Candidate> all) {
  /** How hot a label is in a box, and the place of the box among the regions. */
  record Candidate(int label, double heat, int region) {}

  /** Regions of one question, the whole image among them; each is one run of the image tower. */
  static final int BUDGET = 40;

  /** Further regions, of those that the host proposes. */
  static final int PROPOSED = 32;

  /** Shares of the way from a map's mean to its peak: the lower, the larger the box. */
  private static final double[] LEVELS = {0.5, 0.3};

  /** A further peak counts if it rises this share as high above the mean as the first. */
  private static final double FURTHER = 0.6;

  private static final int MOST_PEAKS = 8;

  private record Peak(int label, int rank, int cell, double heat) {}

  static Candidates of(List<HeatMap> maps, ImageGeometry image) {
    List<Peak> peaks = new ArrayList<>();
    for (int label = 0; label < maps.size(); label++) {
      peaks.addAll(peaks(label, maps.get(label)));
    }
    // Hottest first whatever the label; the first peak of each before the second of any.
    peaks.sort(
        Comparator.comparingInt(Peak::rank)
            .thenComparing(Comparator.comparingDouble(Peak::heat).reversed())
            .thenComparingInt(Peak::label));
    Set<Region> regions = new LinkedHashSet<>(List.of(image.whole()));
    List<Candidate> all = new ArrayList<>();
    List<Region> order = new ArrayList<>(regions);
    for (double level : LEVELS) {
      for (Peak peak : peaks) {
        HeatMap map = maps.get(peak.label());
        double mean = map.mean();
        Region box = map.around(peak.cell(), mean + level * (peak.heat() - mean), image);
        if (regions.size() < BUDGET && regions.add(box)) {
          order.add(box);
        }
        if (regions.contains(box)) {
          all.add(new Candidate(peak.label(), peak.heat(), order.indexOf(box)));
        }
      }
    }
    return new Candidates(image, List.copyOf(order), List.copyOf(all));
  }

  /**
   * With the likeliest of the proposed regions, each for the labels that its middle is as hot of as
   * a further peak must be; the whole image is no such region.
   */
  Candidates with(List<Region> proposed, List<HeatMap> maps) {
    List<Region> order = new ArrayList<>(regions);
    List<Candidate> more = new ArrayList<>(all);
    List<Region> places =
        proposed.stream()
            .filter(region -> !region.equals(image.whole()))
            .distinct()
            .limit(PROPOSED)
            .toList();
    double[] least = maps.stream().mapToDouble(map -> least(map, map.most())).toArray();
    for (Region region : places) {
      for (int label = 0; label < maps.size(); label++) {
        double heat = maps.get(label).inTheMiddleOf(region, image);
        if (heat >= least[label]) {
          if (!order.contains(region)) {
            order.add(region);
          }
          more.add(new Candidate(label, heat, order.indexOf(region)));
        }
      }
    }
    return new Candidates(image, List.copyOf(order), List.copyOf(more));
  }

  /** What a further place of a label must reach, beside its hottest. */
  private static double least(HeatMap map, double hottest) {
    return map.mean() + FURTHER * (hottest - map.mean());
  }

  private static List<Peak> peaks(int label, HeatMap map) {
    List<Integer> cells =
        IntStream.range(0, map.cells().length)
            .filter(map::isPeak)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer cell) -> map.cells()[cell]).reversed())
            .limit(MOST_PEAKS)
            .toList();
    double least = least(map, map.cells()[cells.getFirst()]);
    List<Peak> peaks = new ArrayList<>();
    for (int cell : cells) {
      if (map.cells()[cell] >= least) {
        peaks.add(new Peak(label, peaks.size(), cell, map.cells()[cell]));
      }
    }
    return peaks;
  }
}
