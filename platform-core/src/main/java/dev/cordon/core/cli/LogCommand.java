package dev.cordon.core.cli;

import dev.cordon.audit.checkpoint.NoteSigner;
import dev.cordon.audit.store.PostgresLogSource;
import dev.cordon.audit.verify.Finding;
import dev.cordon.audit.verify.LogVerifier;
import dev.cordon.audit.verify.ProofResult;
import dev.cordon.audit.verify.ProofVerifier;
import dev.cordon.audit.verify.VerificationReport;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.wiring.Database;
import dev.cordon.core.wiring.EmbeddedDatabase;
import dev.cordon.core.wiring.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Offline checks of the audit log. */
@Command(
    name = "log",
    description = "Verifies the audit log and its proofs offline.",
    mixinStandardHelpOptions = true,
    subcommands = {LogCommand.Verify.class, LogCommand.Proof.class})
final class LogCommand {
  @Command(
      name = "verify",
      description = {
        "Re-derives the whole tree from the stored leaves and checks every checkpoint.",
        "Works beside a running host and without one; exit code 0 only if nothing is wrong."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Mixin private DataOption data;

    @Option(
        names = "--vkey",
        paramLabel = "KEY",
        description = "verifier key you trust (default: of the key in the data folder)")
    private String vkey;

    @Option(
        names = "--checkpoint",
        paramLabel = "FILE",
        description = "a checkpoint kept elsewhere, which the log must extend")
    private Path checkpoint;

    @Override
    public Integer call() throws Exception {
      CordonConfig config = data.config();
      Optional<Database> database = Database.configured(config.db());
      if (database.isEmpty()) {
        requireData(config.data());
        database = EmbeddedDatabase.running(config.data());
      }
      if (database.isPresent()) {
        return verify(database.get(), config);
      }
      try (EmbeddedDatabase own = EmbeddedDatabase.start(config.data())) {
        return verify(own.database(), config);
      }
    }

    private int verify(Database database, CordonConfig config) throws Exception {
      String key = vkey == null ? ownKey(config) : vkey;
      VerificationReport report =
          new LogVerifier()
              .verify(
                  new PostgresLogSource(Launch.source(database.url(), database.runtime())),
                  key,
                  checkpoint == null ? Optional.empty() : Optional.of(Files.readString(checkpoint)),
                  done -> System.err.printf("\r%,d leaves", done));
      System.err.println();
      for (Finding finding : report.findings()) {
        System.out.println("wrong: " + finding);
      }
      System.out.printf(
          "%s: %,d leaves, %,d checkpoints, root %s, key %s%n",
          report.ok() ? "the log holds" : "THE LOG DOES NOT HOLD",
          report.size(),
          report.checkpoints(),
          report.root(),
          key);
      if (checkpoint == null) {
        System.out.println(
            "give --checkpoint FILE with a note kept elsewhere to see that nothing was cut off");
      }
      return report.ok() ? 0 : 1;
    }

    private static void requireData(Path data) {
      if (!Files.isDirectory(data.resolve("postgres"))) {
        throw new IllegalStateException(
            "`" + data + "` holds no log; name the host's data folder with --data");
      }
    }

    private static String ownKey(CordonConfig config) throws java.io.IOException {
      Path file =
          config.audit().keyFile().orElse(config.data().resolve("audit").resolve("log.key"));
      if (!Files.exists(file)) {
        throw new IllegalStateException("`" + file + "` does not exist; give --vkey");
      }
      return NoteSigner.fromKeyFile(file, config.audit().origin()).vkey();
    }
  }

  @Command(
      name = "proof",
      description = "Checks one proof file with nothing but a leaf hash and the log's key.",
      mixinStandardHelpOptions = true)
  static final class Proof implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "what /v1/audit/proofs/INDEX answered")
    private Path file;

    @Option(
        names = "--leaf",
        paramLabel = "HASH",
        required = true,
        description = "receipt.leafHash")
    private String leaf;

    @Option(
        names = "--vkey",
        paramLabel = "KEY",
        required = true,
        description = "what /log/vkey says")
    private String vkey;

    @Override
    public Integer call() throws Exception {
      if (!leaf.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("`--leaf` takes the 64 hex digits of receipt.leafHash");
      }
      byte[] hash = HexFormat.of().parseHex(leaf);
      ProofResult result = ProofVerifier.verify(Files.readString(file), hash, vkey.strip());
      switch (result) {
        case ProofResult.Valid valid ->
            System.out.printf(
                "valid: leaf %d of %s, in a tree of %d%n",
                valid.index(), valid.origin(), valid.size());
        case ProofResult.Invalid invalid -> System.out.println("INVALID: " + invalid.reason());
      }
      return result.ok() ? 0 : 1;
    }
  }
}
