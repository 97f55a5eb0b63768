package dev.cordon.core.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.core.serving.Companions;
import dev.cordon.core.serving.InstalledPackages;
import dev.cordon.models.gate.LicenceGate;
import dev.cordon.models.gate.PackageGate;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.TrustedKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readiness never says more of the model files than is known. */
class PackageWatchTest {
  private final List<Leaf> leaves = new ArrayList<>();
  private boolean isAuditDown;
  private VerifiedPackage starter;
  private Optional<VerifiedPackage> served;
  private Supplier<Optional<VerifiedPackage>> found;
  private PackageWatch watch;

  @BeforeEach
  void serveTheStarter() throws Exception {
    starter =
        VerifiedPackage.open(
            Path.of("../models/starter"),
            TrustedKeys.shipped(),
            PackageGate.allowing(LicenceGate.DEFAULT));
    served = Optional.of(starter);
    found = () -> served;
    watch =
        new PackageWatch(
            null,
            new Installed(),
            new Serving(),
            new NoCompanions(),
            new Audit(),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
  }

  @Test
  void isReadyOnlyWhileSomethingIsLoaded() {
    assertEquals(Status.UP, watch.call().getStatus());
    served = Optional.empty();
    watch.check();
    assertEquals(Status.DOWN, watch.call().getStatus());
  }

  @Test
  void staysDownWhileTheAlarmCannotBeRecordedAndRecordsItOnce() {
    found = Optional::empty;
    isAuditDown = true;
    assertThrows(Problem.class, watch::check);
    assertEquals(Status.DOWN, watch.call().getStatus());
    isAuditDown = false;
    watch.check();
    watch.check();
    assertEquals(1, leaves.size());
    assertEquals(Status.DOWN, watch.call().getStatus());
    found = () -> served;
    watch.check();
    assertEquals(Status.UP, watch.call().getStatus());
  }

  @Test
  void isDownWhileTheFilesCannotBeRead() {
    found =
        () -> {
          throw new UncheckedIOException(new IOException("gone"));
        };
    assertThrows(UncheckedIOException.class, watch::check);
    assertEquals(Status.DOWN, watch.call().getStatus());
  }

  private final class Installed extends InstalledPackages {
    Installed() {
      super(null, null);
    }

    @Override
    public Optional<VerifiedPackage> digested(String digest) {
      return found.get();
    }
  }

  private final class Serving extends ActiveModel {
    Serving() {
      super(null, null, null, null, null);
    }

    @Override
    public Optional<VerifiedPackage> serving() {
      return served;
    }

    @Override
    public void refresh() {}
  }

  private final class Audit extends AuditWriter {
    Audit() {
      super(null);
    }

    @Override
    public Receipt write(Leaf leaf) {
      if (isAuditDown) {
        throw Problem.of(Code.AUDIT_UNAVAILABLE, "down");
      }
      leaves.add(leaf);
      return new Receipt("test", leaves.size(), "");
    }
  }

  private static final class NoCompanions extends Companions {
    NoCompanions() {
      super(null, null, null, null, null);
    }
  }
}
