package dev.cordon.core.serving;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.models.gate.LicenceGate;
import dev.cordon.models.gate.PackageGate;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;

/** Whose signatures this host believes and which licences it takes. */
public record ModelTrust(TrustedKeys keys, PackageGate gate) {
  /** As configured: the shipped key, and those of the trust folder. */
  public static ModelTrust of(CordonConfig config) throws IOException {
    return new ModelTrust(
        TrustedKeys.shipped().and(folder(config)),
        PackageGate.allowing(config.models().licences().orElse(LicenceGate.DEFAULT)));
  }

  /** The folder of trusted keys. */
  public static Path folder(CordonConfig config) {
    return config.models().trust().orElse(config.data().resolve("trust"));
  }

  /** Opens a package that is signed by one of these keys. */
  public VerifiedPackage open(Path folder) throws ModelPackageException {
    return VerifiedPackage.open(folder, keys, gate);
  }
}
