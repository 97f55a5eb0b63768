package dev.cordon.models.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphHeaderTest {
  private static final Path IMAGE = Path.of("starter", "image_encoder.onnx");
  @TempDir Path folder;

  @Test
  void readsTheTensorsOfARealGraph() throws IOException {
    GraphHeader header = GraphHeader.read(IMAGE);

    assertEquals(
        List.of("pixel_values"), header.inputs().stream().map(GraphHeader.Port::name).toList());
    assertEquals(1, header.inputs().getFirst().type());
    assertEquals(List.of(-1L, 3L, -1L, -1L), header.inputs().getFirst().shape());
    assertEquals(384, header.output("image_embeds").orElseThrow().shape().getLast());
    assertTrue(header.names().contains("pixel_values"));
  }

  @Test
  void aFileThatIsCutOrDamagedIsAnIoExceptionOrRead() throws IOException {
    byte[] whole = Files.readAllBytes(IMAGE);
    byte[] head = Arrays.copyOf(whole, 4_096);
    SplittableRandom random = new SplittableRandom(7);
    Path file = folder.resolve("damaged.onnx");
    for (int i = 0; i < 300; i++) {
      byte[] damaged = Arrays.copyOf(head, 1 + random.nextInt(head.length));
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThrows(IOException.class, () -> GraphHeader.read(file));
    }
  }

  @Test
  void anEmptyFileIsNoModel() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.onnx"));

    assertThrows(IOException.class, () -> GraphHeader.read(file));
  }
}
