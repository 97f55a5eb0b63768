package dev.cordon.models.onnx;

import dev.cordon.models.manifest.TextTower;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.tokenizer.TextTokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the tokenizer of a package out of its verified files. */
public final class PackageTokenizer {
  private PackageTokenizer() {}

  /** The tokenizer that the rules name; what it cannot read is refused by the file's name. */
  public static TextTokenizer read(ModelPackage pack, TextTower.Tokenizer rules)
      throws ModelPackageException {
    List<byte[]> files = new ArrayList<>();
    for (String name : rules.files()) {
      files.add(pack.read(name));
    }
    try {
      return TextTokenizer.of(rules, files);
    } catch (IOException e) {
      throw new ModelPackageException(
          "tokenizer `" + rules.files().getFirst() + "` is refused: " + e.getMessage(), e);
    }
  }
}
