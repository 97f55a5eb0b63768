package dev.cordon.core.serving;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.models.digest.Sha256;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.VerifiedPackage;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The package folders of this host: those under {@code DATA/models} by name, and the one that its
 * configuration names.
 */
@ApplicationScoped
public class InstalledPackages {
  private final CordonConfig config;
  private final ModelTrust trust;

  public InstalledPackages(CordonConfig config, ModelTrust trust) {
    this.config = config;
    this.trust = trust;
  }

  /** Verifies the package in the folder of that name; the name holds no path. */
  public Optional<VerifiedPackage> named(String name) throws ModelPackageException {
    for (Path folder : folders()) {
      if (folder.getFileName().toString().equals(name)) {
        return Optional.of(trust.open(folder));
      }
    }
    return Optional.empty();
  }

  /** Verifies the package whose manifest has that digest. */
  public Optional<VerifiedPackage> digested(String digest) throws ModelPackageException {
    for (Path folder : folders()) {
      if (digest.equals(digestOf(folder))) {
        return Optional.of(trust.open(folder));
      }
    }
    return Optional.empty();
  }

  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    folders.add(config.models().pack().toAbsolutePath().normalize());
    Path own = config.data().resolve("models");
    if (Files.isDirectory(own)) {
      try (Stream<Path> entries = Files.list(own)) {
        entries.filter(InstalledPackages::isPackage).sorted().forEach(folders::add);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return folders;
  }

  /** What is hidden is not finished. */
  private static boolean isPackage(Path entry) {
    return Files.isDirectory(entry) && !entry.getFileName().toString().startsWith(".");
  }

  private static String digestOf(Path folder) {
    try {
      return Sha256.of(folder.resolve("manifest.json"));
    } catch (IOException unreadable) {
      return "";
    }
  }
}
