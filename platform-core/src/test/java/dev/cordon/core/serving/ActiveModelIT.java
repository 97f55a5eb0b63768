package dev.cordon.core.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.models.gate.LicenceGate;
import dev.cordon.models.gate.PackageGate;
import dev.cordon.models.manifest.ModelManifest.Task;
import dev.cordon.models.onnx.ModelSlot;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.PackageState;
import dev.cordon.models.registry.Registered;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.TrustedKeys;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may pass is tried again with the next call; what cannot pass waits for somebody. */
class ActiveModelIT {
  private VerifiedPackage starter;
  private Registered entry;
  private int asked;

  @BeforeEach
  void openTheStarter() throws Exception {
    starter =
        VerifiedPackage.open(
            Path.of("../models/starter"),
            TrustedKeys.shipped(),
            PackageGate.allowing(LicenceGate.DEFAULT));
    entry =
        Registered.staged(starter, "", Instant.EPOCH).moved(PackageState.ACTIVE, "", Instant.EPOCH);
  }

  @Test
  void triesAgainAfterAFailureThatMayPass() {
    ActiveModel active =
        serving(
            () -> {
              if (asked == 1) {
                throw new UncheckedIOException(new IOException("busy"));
              }
              return Optional.of(starter);
            });
    Problem first = assertThrows(Problem.class, active::borrow);
    assertEquals("MODEL_UNAVAILABLE", first.code());
    try (ModelSlot.Loan loan = active.borrow()) {
      assertEquals(starter.pack().digest(), loan.pack().digest());
    }
    active.close();
  }

  @Test
  void doesNotTryAgainWithEveryCallWhatCannotBeLoaded() {
    ActiveModel active =
        serving(
            () -> {
              throw new ModelPackageException("changed");
            });
    assertThrows(Problem.class, active::borrow);
    assertThrows(Problem.class, active::borrow);
    assertEquals(1, asked);
    active.refresh();
    assertEquals(2, asked);
  }

  private interface Opening {
    Optional<VerifiedPackage> open() throws ModelPackageException;
  }

  private ActiveModel serving(Opening opening) {
    InstalledPackages installed =
        new InstalledPackages(null, null) {
          @Override
          public Optional<VerifiedPackage> digested(String digest) throws ModelPackageException {
            asked++;
            return opening.open();
          }
        };
    AuditWriter audit =
        new AuditWriter(null) {
          @Override
          public Receipt write(Leaf leaf) {
            return new Receipt("test", 0, "");
          }
        };
    CordonConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(CordonConfig.class)
            .build()
            .getConfigMapping(CordonConfig.class);
    return new ActiveModel(new One(), installed, config, audit, Clock.systemUTC());
  }

  /** A registry that knows one package. */
  private final class One implements ModelRegistry {
    @Override
    public Optional<Registered> find(String digest) {
      return active();
    }

    @Override
    public Optional<Registered> active(Task task) {
      return Optional.of(entry);
    }

    @Override
    public List<Registered> all() {
      return List.of(entry);
    }

    @Override
    public boolean add(Registered added) {
      return false;
    }

    @Override
    public boolean replace(Registered read, Registered next) {
      return false;
    }
  }
}
