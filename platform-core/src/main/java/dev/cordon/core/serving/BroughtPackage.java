package dev.cordon.core.serving;

import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.ModelLeaf;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.PackageState;
import dev.cordon.models.registry.Registered;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.signing.TrustedKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Puts the package that the configuration names into the registry when the host starts: active if
 * it is the very first and signed with the shipped key, staged for review if it is new or changed.
 */
@ApplicationScoped
public class BroughtPackage {
  private static final Logger LOG = Logger.getLogger(BroughtPackage.class);
  private static final String HOST = "";

  private final ModelRegistry registry;
  private final VerifiedPackage brought;
  private final AuditWriter audit;
  private final Clock clock;

  public BroughtPackage(
      ModelRegistry registry, VerifiedPackage brought, AuditWriter audit, Clock clock) {
    this.registry = registry;
    this.brought = brought;
    this.audit = audit;
    this.clock = clock;
  }

  /** Registers the package if the registry does not know it as it is. */
  public void register() {
    List<Registered> all = audit.commit(registry::all);
    Optional<Registered> known =
        all.stream().filter(entry -> entry.digest().equals(brought.pack().digest())).findFirst();
    if (known.filter(entry -> entry.root().equals(brought.seal().root())).isEmpty()) {
      Registered entry = entry(all.isEmpty() && isShipped());
      audit.write(
          leaf(entry),
          () ->
              known.map(old -> registry.replace(old, entry)).orElseGet(() -> registry.add(entry)));
      if (entry.state() == PackageState.STAGED) {
        LOG.warnf(
            "model package `%s` is new here; it answers once a model steward has activated it",
            entry.digest());
      }
    } else if (known.get().state() != PackageState.ACTIVE) {
      LOG.warnf("model package `%s` is not active and will not answer", known.get().digest());
    }
  }

  private Registered entry(boolean active) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Registered staged = Registered.staged(brought, HOST, now);
    return active ? staged.moved(PackageState.ACTIVE, HOST, now) : staged;
  }

  private boolean isShipped() {
    return TrustedKeys.shipped().find(brought.seal().signer()).isPresent()
        && brought.missing().isEmpty();
  }

  private static Leaf leaf(Registered entry) {
    boolean active = entry.state() == PackageState.ACTIVE;
    return ModelLeaf.byHost(
        entry.stagedAt(),
        active ? LeafKind.MODEL_ACTIVATED : LeafKind.MODEL_STAGED,
        entry.digest(),
        entry.root());
  }
}
