package dev.cordon.models.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cordon.models.registry.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runtime reports nothing: neither its event store nor its log of it is ever opened. */
class SilenceIT {
  @Test
  void aLoadedModelHoldsNoStoreOfUsageEvents() throws Exception {
    try (OnnxImageTextModel model =
        OnnxImageTextModel.load(ModelPackage.open(Path.of("starter")), new OnnxOptions(1))) {
      model.embedText("a photo of a cat");
      assertFalse(openFiles().isEmpty(), "this test reads /proc");
      assertEquals(
          List.of(),
          openFiles().stream()
              .filter(file -> file.contains("mat-debug") || file.contains(".onnxruntime"))
              .toList());
    }
  }

  private static List<String> openFiles() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.map(SilenceIT::target).toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
