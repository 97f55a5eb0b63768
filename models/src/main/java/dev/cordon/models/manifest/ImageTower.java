package dev.cordon.models.manifest;

/**
 * The graph that embeds pictures: its input (batch, 3, height, width), its embedding (batch,
 * dimension), and its patch grid, or null when it has none.
 */
public record ImageTower(
    String graph,
    Tensor input,
    Tensor embedding,
    Batching batch,
    Patches patches,
    Preprocessing preprocessing) {
  public ImageTower {
    Field.text("image.graph", graph);
    Field.present("image.input", input);
    Field.present("image.embedding", embedding);
    Field.present("image.batch", batch);
    Field.present("image.preprocessing", preprocessing);
  }

  /**
   * Patch vectors (batch, rows x columns, dimension), row by row from the top, when the whole
   * picture is squashed to {@code size} x {@code size}; the grid has {@code grid} x {@code grid}
   * cells.
   */
  public record Patches(Tensor output, int size, int grid) {
    public Patches {
      Field.present("image.patches.output", output);
      Field.atLeast("image.patches.size", size, 1);
      Field.atLeast("image.patches.grid", grid, 1);
    }
  }
}
