package dev.cordon.models.hub;

import dev.cordon.models.gate.PackageGate;
import dev.cordon.models.onnx.ParityGate;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.Sealing;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.SigningKey;
import dev.cordon.models.signing.TrustedKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder of a host's packages, one subfolder each. A package appears there whole, verified,
 * tried by the parity gate and under the name of its id, or not at all.
 */
public final class PackageStore {
  private final Path folder;
  private final TrustedKeys trusted;
  private final PackageGate gate;
  private final Supplier<SigningKey> site;
  private final Consumer<String> said;

  /**
   * The site's key signs what comes without a signature; it is asked for only then. What the parity
   * gate compares is told line by line.
   */
  public PackageStore(
      Path folder,
      TrustedKeys trusted,
      PackageGate gate,
      Supplier<SigningKey> site,
      Consumer<String> said) {
    this.folder = folder;
    this.trusted = trusted;
    this.gate = gate;
    this.site = site;
    this.said = said;
  }

  /** Says what is being fetched and how far it is. */
  public interface Progress {
    void at(String file, long done, long total);
  }

  /** The file and digest that pulling needs and nobody has given; empty when all are pinned. */
  public static Optional<String> unpinned(Catalogue.Entry entry, Map<String, String> given) {
    return entry.files().values().stream()
        .filter(file -> file.sha256() == null && !given.containsKey(file.path()))
        .map(Catalogue.Source::path)
        .sorted()
        .findFirst();
  }

  /** Fetches an entry from a hub; parts of an earlier try are continued. */
  public VerifiedPackage pull(
      Catalogue.Entry entry,
      URI hub,
      Map<String, String> given,
      Download download,
      Progress progress)
      throws ModelPackageException, IOException {
    refuseEarly(entry);
    Optional<String> unknown = unpinned(entry, given);
    if (unknown.isPresent()) {
      throw new ModelPackageException(
          "the SHA-256 of `" + unknown.get() + "` is not known here; give it");
    }
    Path fetched = Files.createDirectories(folder.resolve(".fetched").resolve(entry.name()));
    Map<String, Pinned> pins = new HashMap<>();
    entry.files().values().stream()
        .map(Catalogue.Source::float32)
        .flatMap(Optional::stream)
        .map(Catalogue.Source::path)
        .filter(given::containsKey)
        .forEach(path -> pins.put(path, new Pinned(given.get(path), 0)));
    for (Catalogue.Source file : entry.files().values()) {
      Pinned pin =
          given.containsKey(file.path())
              ? new Pinned(given.get(file.path()), 0)
              : file.pinned().orElseThrow();
      pins.put(file.path(), pin);
    }
    for (Map.Entry<String, Pinned> file : pins.entrySet()) {
      Path target = fetched.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      URI from =
          hub.resolve(entry.repository() + "/resolve/" + entry.revision() + "/" + file.getKey());
      download.fetch(
          from, target, file.getValue(), (done, total) -> progress.at(file.getKey(), done, total));
    }
    VerifiedPackage installed = takeHubLayout(fetched, entry);
    delete(fetched);
    return installed;
  }

  /** Before a hundred megabytes are fetched in vain. */
  private void refuseEarly(Catalogue.Entry entry) throws ModelPackageException {
    if (entry.unsupported() != null) {
      throw new ModelPackageException("`" + entry.name() + "`: " + entry.unsupported());
    }
    Optional<String> refusal = gate.licences().refusal(entry.manifest().path("licence").asText());
    if (refusal.isPresent()) {
      throw new ModelPackageException(refusal.get());
    }
    if (Files.exists(folder.resolve(entry.name()))) {
      throw new ModelPackageException("a package `" + entry.name() + "` is there already");
    }
  }

  /** Takes in a folder or zip: a package of ours, or the hub's layout of a catalogue entry. */
  public VerifiedPackage take(Path from, Optional<Catalogue.Entry> entry)
      throws ModelPackageException, IOException {
    Files.createDirectories(folder);
    if (Files.isDirectory(from)) {
      return takeFolder(from, entry);
    }
    Path unpacked = Files.createTempDirectory(folder, ".unpacked");
    try {
      new Archive(Archive.Bounds.DEFAULT).unpack(from, unpacked);
      return takeFolder(root(unpacked), entry);
    } finally {
      delete(unpacked);
    }
  }

  private VerifiedPackage takeFolder(Path from, Optional<Catalogue.Entry> entry)
      throws ModelPackageException, IOException {
    if (entry.isPresent()) {
      return takeHubLayout(from, entry.get());
    }
    if (!Files.exists(from.resolve("manifest.json"))) {
      throw new ModelPackageException(
          "there is no `manifest.json`; name the catalogue entry that this is");
    }
    return install(draft -> copy(from, draft), trusted);
  }

  private VerifiedPackage takeHubLayout(Path from, Catalogue.Entry entry)
      throws ModelPackageException, IOException {
    SigningKey key = site.get();
    return install(
        draft -> {
          HubLayout.convert(from, entry, draft);
          Sealing.seal(draft, key, Optional.empty());
        },
        TrustedKeys.of(key.publicHalf()));
  }

  private interface Filling {
    void fill(Path draft) throws ModelPackageException, IOException;
  }

  /** INVARIANT: what stands under its own name was verified and tried where it stood before. */
  private VerifiedPackage install(Filling filling, TrustedKeys keys)
      throws ModelPackageException, IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempDirectory(folder, ".draft");
    try {
      filling.fill(draft);
      ModelPackage pack = VerifiedPackage.open(draft, keys, gate).pack();
      ParityGate.check(pack, said);
      Path target = folder.resolve(pack.manifest().id());
      if (Files.exists(target)) {
        throw new ModelPackageException(
            "a package `" + target.getFileName() + "` is there already; remove it first");
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      return VerifiedPackage.open(target, keys, gate);
    } finally {
      delete(draft);
    }
  }

  /** A zip often holds one folder with everything in it. */
  private static Path root(Path unpacked) throws IOException {
    try (Stream<Path> entries = Files.list(unpacked)) {
      var found = entries.toList();
      return found.size() == 1 && Files.isDirectory(found.getFirst()) ? found.getFirst() : unpacked;
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path file : entries.toList()) {
        // A link is copied as a link, and refused like one.
        Files.copy(file, to.resolve(file.getFileName()), java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
