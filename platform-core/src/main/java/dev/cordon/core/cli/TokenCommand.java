package dev.cordon.core.cli;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.core.identity.Role;
import dev.cordon.core.wiring.Launch;
import dev.cordon.core.wiring.RunFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a bearer token of the loopback demo identity. */
@Command(
    name = "token",
    description = "Prints a bearer token of the loopback demo identity, good for one hour.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Mixin private DataOption data;

  @Parameters(
      paramLabel = "ROLE[,ROLE]",
      split = ",",
      arity = "1",
      description =
          "caller, policy-author, policy-approver, privacy-officer, auditor, model-steward,"
              + " plugin-steward, operator")
  private List<String> roles;

  @Option(names = "--tenant", paramLabel = "T", defaultValue = "demo")
  private String tenant;

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      defaultValue = "demo",
      description = "whom the token speaks of, to try out what takes two persons")
  private String subject;

  @Option(names = "--port", paramLabel = "N", description = "refuse unless the host serves here")
  private Integer port;

  @Override
  public Integer call() throws Exception {
    Set<String> asked = new LinkedHashSet<>(roles);
    for (String role : asked) {
      if (!Role.ALL.contains(role)) {
        throw new IllegalArgumentException(
            "there is no role `" + role + "`; the roles are " + String.join(", ", Role.ALL));
      }
    }
    CordonConfig config = data.config();
    Optional<RunFile> run = RunFile.read(config.data());
    if (run.isEmpty()) {
      throw new IllegalStateException(
          "no host is running on `" + config.data() + "`; start one with `./cordon run`");
    }
    if (!run.get().demo() || !Launch.isLoopback(run.get().bind())) {
      throw new IllegalStateException(
          "this host has no demo identity; ask its identity provider for a token");
    }
    if (port != null && port != run.get().port()) {
      throw new IllegalStateException(
          "the host on `" + config.data() + "` serves on port " + run.get().port());
    }
    System.out.println(
        DemoIdentity.open(config.data())
            .token(subject, tenant, asked, config.identity().audience()));
    return 0;
  }
}
