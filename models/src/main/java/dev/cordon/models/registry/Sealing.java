package dev.cordon.models.registry;

import dev.cordon.models.bom.BillOfMaterials;
import dev.cordon.models.bom.Metric;
import dev.cordon.models.signing.SignedFolder;
import dev.cordon.models.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes a folder with a manifest into a signed package: writes its bill of materials, then the
 * signature over every file. Run again, it replaces both.
 */
public final class Sealing {
  private Sealing() {}

  /** Seals with these figures, or with those of the bill that is there already. */
  public static SignedFolder.Seal seal(Path folder, SigningKey key, Optional<List<Metric>> metrics)
      throws ModelPackageException, IOException {
    ModelPackage pack = ModelPackage.open(folder);
    Path bill = folder.resolve(ModelPackage.BILL);
    List<Metric> figures = metrics.isPresent() ? metrics.get() : figures(bill);
    Files.write(bill, BillOfMaterials.of(pack.manifest(), pack.digest(), figures).write());
    return SignedFolder.sign(folder, pack.manifest().id(), key);
  }

  private static List<Metric> figures(Path bill) throws IOException {
    return Files.exists(bill)
        ? BillOfMaterials.read(Files.readAllBytes(bill)).metrics()
        : List.of();
  }
}
