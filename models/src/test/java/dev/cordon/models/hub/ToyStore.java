package dev.cordon.models.hub;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.models.digest.Sha256;
import dev.cordon.models.gate.LicenceGate;
import dev.cordon.models.gate.PackageGate;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.signing.SigningKey;
import dev.cordon.models.signing.TrustedKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A store of packages in a folder of the test, and a toy of CLIP's layout to put into it. */
final class ToyStore {
  static final Catalogue.Entry CLIP =
      Catalogue.shipped().find("clip-vit-base-patch16").orElseThrow();

  final SigningKey site = SigningKey.generate();
  final PackageGate gate = PackageGate.allowing(LicenceGate.DEFAULT);
  final Map<String, byte[]> files = new HashMap<>();
  final List<String> said = new ArrayList<>();
  final Path folder;
  final PackageStore store;
  private final Path parent;

  ToyStore(Path parent) throws IOException {
    this.parent = parent;
    folder = parent.resolve("models");
    store = new PackageStore(folder, TrustedKeys.shipped(), gate, () -> site, said::add);
    fill("clip-vit-b32", Path.of("testdata/families/clip-vit-b32/tokenizer.json"));
  }

  /** Lays out the toy of a family. */
  void fill(String family, Path tokenizer) throws IOException {
    Path toy = Path.of("testdata/families").resolve(family);
    files.put(
        "onnx/vision_model_quantized.onnx", Files.readAllBytes(toy.resolve("vision_model.onnx")));
    files.put("onnx/text_model_quantized.onnx", Files.readAllBytes(toy.resolve("text_model.onnx")));
    files.put("tokenizer.json", Files.readAllBytes(tokenizer));
  }

  /** Another store beside it. */
  PackageStore beside(String name, TrustedKeys trusted, Supplier<SigningKey> signing) {
    return new PackageStore(parent.resolve(name), trusted, gate, signing, said::add);
  }

  interface Taking {
    void take() throws Exception;
  }

  static String refusal(Taking taking) {
    return assertThrows(ModelPackageException.class, taking::take).getMessage();
  }

  Map<String, String> digests() {
    Map<String, String> digests = new HashMap<>();
    files.forEach((path, content) -> digests.put(path, Sha256.of(content)));
    return digests;
  }

  List<String> visible() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals(".fetched"))
          .toList();
    }
  }

  Path layout() throws IOException {
    Path layout = parent.resolve("layout");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = layout.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    return layout;
  }

  Path zip(String prefix, Map<String, byte[]> content) throws IOException {
    Path zip = Files.createTempFile(parent, "pack", ".zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : content.entrySet()) {
        entries.putNextEntry(new ZipEntry(prefix + file.getKey()));
        entries.write(file.getValue());
        entries.closeEntry();
      }
    }
    return zip;
  }
}
