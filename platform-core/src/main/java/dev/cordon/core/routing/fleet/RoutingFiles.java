package dev.cordon.core.routing.fleet;

import dev.cordon.models.digest.Sha256;
import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.bundle.YamlElement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the files of {@code DATA/routing}, or refuses all of them. */
public final class RoutingFiles {
  private static final long MAX_BYTES = 1 << 20;

  private final Path folder;
  private final MessageDigest sha256 = Sha256.fresh();
  private final List<TargetSettings> targets = new ArrayList<>();
  private final Map<String, Budget> budgets = new HashMap<>();

  private RoutingFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The targets and budgets of every {@code *.yaml} file of the folder, sorted by name; nothing
   * where there is no folder. Other files there are keys and certificates, and are not read here.
   *
   * @throws PolicyLoadException with {@code file:line:column: what is wrong} for the first error
   */
  public static RoutingPlan load(Path folder) throws PolicyLoadException {
    // A link that leads nowhere is there.
    List<Path> files = Files.exists(folder, LinkOption.NOFOLLOW_LINKS) ? files(folder) : List.of();
    if (files.isEmpty()) {
      return RoutingPlan.EDGE_ALONE;
    }
    RoutingFiles reader = new RoutingFiles(folder);
    for (Path file : files) {
      reader.read(file);
    }
    String digest = "sha256:" + Sha256.hex(reader.sha256.digest());
    return new RoutingPlan(digest, reader.targets, reader.budgets);
  }

  private static List<Path> files(Path folder) throws PolicyLoadException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new PolicyLoadException(folder + ":1:1: is not a folder that can be listed", e);
    }
  }

  private void read(Path file) throws PolicyLoadException {
    String name = file.getFileName().toString();
    byte[] bytes = bytes(name, file);
    // Each file is hashed before it is part of the whole, so that no two sets have one digest.
    sha256.update(name.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    sha256.update(Sha256.of(bytes).getBytes(StandardCharsets.US_ASCII));
    YamlElement.Fields fields = YamlElement.read(name, bytes).fields(Set.of("targets", "budgets"));
    if (fields.optional("targets").isPresent()) {
      TargetReader reader = new TargetReader(folder);
      for (YamlElement element : fields.required("targets").items()) {
        TargetSettings target = reader.read(element);
        if (targets.stream().anyMatch(other -> other.id().equals(target.id()))) {
          throw element.error("target `" + target.id() + "` is already defined");
        }
        targets.add(target);
      }
    }
    if (fields.optional("budgets").isPresent()) {
      for (var entry : fields.required("budgets").entries().entrySet()) {
        if (budgets.put(entry.getKey(), budget(entry.getValue())) != null) {
          throw entry.getValue().error("tenant `" + entry.getKey() + "` has a budget already");
        }
      }
    }
  }

  private static Budget budget(YamlElement element) throws PolicyLoadException {
    YamlElement.Fields fields = element.fields(Set.of("soft", "hard"));
    try {
      return new Budget(
          Scalars.amount(fields.required("soft")), Scalars.amount(fields.required("hard")));
    } catch (IllegalArgumentException e) {
      throw element.error(e.getMessage(), e);
    }
  }

  private static byte[] bytes(String name, Path file) throws PolicyLoadException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new PolicyLoadException(name + ":1:1: file is larger than 1 MiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new PolicyLoadException(name + ":1:1: cannot be read", e);
    }
  }
}
