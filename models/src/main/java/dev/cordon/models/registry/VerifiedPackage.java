package dev.cordon.models.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.bom.BillOfMaterials;
import dev.cordon.models.gate.PackageGate;
import dev.cordon.models.graph.GraphHeader;
import dev.cordon.models.signing.SignatureRefusedException;
import dev.cordon.models.signing.SignedFolder;
import dev.cordon.models.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A package whose signature verified before a byte of it was read as anything else, and that passed
 * the gates. Only what {@link #open} returns may be loaded or registered.
 */
public final class VerifiedPackage {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String GRAPH = ".onnx";

  private final ModelPackage pack;
  private final SignedFolder.Seal seal;
  private final Path folder;

  private VerifiedPackage(ModelPackage pack, SignedFolder.Seal seal, Path folder) {
    this.pack = pack;
    this.seal = seal;
    this.folder = folder;
  }

  /** Verifies in this order: signature and key, family, manifest and files, licence, graphs. */
  public static VerifiedPackage open(Path folder, TrustedKeys trusted, PackageGate gate)
      throws ModelPackageException {
    try {
      SignedFolder.Seal seal = SignedFolder.verify(folder, trusted);
      refuse(gate.refusal(JSON.readTree(folder.resolve("manifest.json").toFile())));
      ModelPackage pack = ModelPackage.open(folder);
      refuse(gate.refusal(pack.manifest()));
      for (String file : pack.manifest().files().keySet()) {
        if (file.endsWith(GRAPH)) {
          refuse(gate.refusal(pack.manifest(), graph(folder, file)));
        }
      }
      return new VerifiedPackage(pack, seal, folder);
    } catch (SignatureRefusedException e) {
      throw new ModelPackageException(e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelPackageException("file `manifest.json` cannot be read", e);
    }
  }

  /** What native code has not seen yet; a graph that cannot be read cannot be judged. */
  private static GraphHeader graph(Path folder, String file) throws ModelPackageException {
    try {
      return GraphHeader.read(folder.resolve(file));
    } catch (IOException e) {
      throw new ModelPackageException("graph `" + file + "` cannot be read", e);
    }
  }

  public ModelPackage pack() {
    return pack;
  }

  /** What was signed and by which key. */
  public SignedFolder.Seal seal() {
    return seal;
  }

  /** The first field that promotion needs and that the bill of materials lacks. */
  public Optional<String> missing() {
    Path bill = folder.resolve(ModelPackage.BILL);
    if (!Files.isRegularFile(bill, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(ModelPackage.BILL);
    }
    try {
      return BillOfMaterials.read(Files.readAllBytes(bill)).missing(pack.manifest(), pack.digest());
    } catch (IOException e) {
      return Optional.of(ModelPackage.BILL);
    }
  }

  private static void refuse(Optional<String> refusal) throws ModelPackageException {
    if (refusal.isPresent()) {
      throw new ModelPackageException(refusal.get());
    }
  }
}
