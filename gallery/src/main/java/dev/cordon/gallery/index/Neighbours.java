package dev.cordon.gallery.index;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntPredicate;

/**
 * A hierarchical navigable graph over vectors (HNSW: Malkov and Yashunin, 2016; pruning as in
 * DiskANN). Adding and searching go side by side; removing wants to be alone.
 */
final class Neighbours {
  private static final int MOST_NEIGHBOURS = 32;
  private static final int BEAM_OF_BUILD = 100;
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  /** How many candidates a search keeps; measured in docs/measurements.md. */
  private static final int BEAM_OF_SEARCH = 128;

  private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.DOT_PRODUCT;

  private final Vectors vectors;
  private final GraphIndexBuilder graph;

  Neighbours(Vectors vectors) {
    this.vectors = vectors;
    this.graph =
        GraphIndexBuilder.builder(
                BuildScoreProvider.randomAccessScoreProvider(vectors, SIMILARITY),
                vectors.dimension(),
                List.of(MOST_NEIGHBOURS, MOST_NEIGHBOURS / 2))
            .withBeamWidth(BEAM_OF_BUILD)
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            // Its own pools would ask the operating system for the processors.
            .withSimdExecutor(ForkJoinPool.commonPool())
            .withParallelExecutor(ForkJoinPool.commonPool())
            .build();
  }

  void add(int number) {
    graph.addGraphNode(number, vectors.getVector(number));
  }

  /** Takes vectors out and mends the graph around them; they are still there while it does. */
  void remove(Collection<Integer> numbers) {
    List<Integer> known =
        numbers.stream().filter(number -> graph.getGraph().containsNode(number)).toList();
    if (!known.isEmpty()) {
      known.forEach(graph::markNodeDeleted);
      graph.removeDeletedNodes();
    }
  }

  /** Numbers of the nearest vectors that are wanted, k at most. */
  int[] nearest(float[] asked, int k, IntPredicate wanted) {
    VectorFloat<?> query = Vectors.view(asked);
    try (GraphSearcher searcher = new GraphSearcher(graph.getGraph())) {
      NodeScore[] found =
          searcher
              .search(
                  DefaultSearchScoreProvider.exact(query, SIMILARITY, vectors),
                  k,
                  Math.max(BEAM_OF_SEARCH, 2 * k),
                  0f,
                  0f,
                  wanted::test)
              .getNodes();
      return Arrays.stream(found).mapToInt(node -> node.node).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
