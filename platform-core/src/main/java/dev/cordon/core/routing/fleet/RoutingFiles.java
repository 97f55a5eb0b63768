package dev.cordon.core.routing.fleet;

import dev.cordon.core.costs.Budget;
import dev.cordon.core.costs.Budgets;
import dev.cordon.core.routing.choice.Cascade;
import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.bundle.YamlElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the files of {@code DATA/routing}, or refuses all of them. */
public final class RoutingFiles {
  private static final long MAX_BYTES = 1 << 20;

  private final Path folder;
  private final List<TargetSettings> targets = new ArrayList<>();
  private final Map<String, Budget> budgets = new LinkedHashMap<>();

  private Optional<Cascade> cascade = Optional.empty();

  private RoutingFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The targets of every {@code *.yaml} file of the folder, sorted by name; nothing where there is
   * no folder. Other files there are keys and certificates, and are not read here.
   *
   * @throws PolicyLoadException with {@code file:line:column: what is wrong} for the first error
   */
  public static RoutingPlan load(Path folder) throws PolicyLoadException {
    // A link that leads nowhere is there.
    List<Path> files = Files.exists(folder, LinkOption.NOFOLLOW_LINKS) ? files(folder) : List.of();
    RoutingFiles reader = new RoutingFiles(folder);
    for (Path file : files) {
      reader.read(file);
    }
    return new RoutingPlan(reader.targets, new Budgets(reader.budgets), reader.cascade);
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
    YamlElement.Fields fields =
        YamlElement.read(name, bytes).fields(Set.of("targets", "budgets", "cascade"));
    TargetReader reader = new TargetReader(folder);
    for (YamlElement element : fields.required("targets").items()) {
      TargetSettings target = reader.read(element);
      if (targets.stream().anyMatch(other -> other.id().equals(target.id()))) {
        throw element.error("target `" + target.id() + "` is already defined");
      }
      targets.add(target);
    }
    Optional<YamlElement> given = fields.optional("budgets");
    if (given.isPresent()) {
      BudgetReader.read(given.get(), budgets);
    }
    Optional<YamlElement> edgeFirst = fields.optional("cascade");
    if (edgeFirst.isPresent()) {
      if (cascade.isPresent()) {
        throw edgeFirst.get().error("a cascade is defined already");
      }
      YamlElement below = edgeFirst.get().fields(Set.of("below")).required("below");
      cascade = Optional.of(new Cascade(Scalars.share(below)));
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
