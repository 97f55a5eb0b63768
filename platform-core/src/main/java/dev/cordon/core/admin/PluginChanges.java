package dev.cordon.core.admin;

import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.catalog.PackagePlugins;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.record.PluginLeaf;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Commits a change of the plugin catalogue together with its leaf; then this host follows it. */
@ApplicationScoped
public class PluginChanges {
  private static final Logger LOG = Logger.getLogger(PluginChanges.class);

  private final PackagePlugins serving;
  private final AuditWriter audit;
  private final Pseudonyms pseudonyms;
  private final Clock clock;

  public PluginChanges(
      PackagePlugins serving, AuditWriter audit, Pseudonyms pseudonyms, Clock clock) {
    this.serving = serving;
    this.audit = audit;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  /** The change is given the actor's pseudonym, and says whether it could be made. */
  Receipt commit(
      Steward steward,
      LeafKind kind,
      String name,
      List<String> rules,
      Function<String, Boolean> change) {
    String actor = steward.pseudonym(pseudonyms);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Leaf leaf = PluginLeaf.bySteward(now, steward.tenant(), actor, kind, name, rules);
    Receipt receipt =
        audit.write(
            leaf,
            () -> {
              if (!change.apply(actor)) {
                throw Problem.of(
                    Code.CONFLICT, "the plugin is not in a state that allows this, or changed");
              }
            });
    follow();
    return receipt;
  }

  /** What is committed is done, whether or not this host can follow it at once. */
  private void follow() {
    try {
      serving.refresh();
    } catch (RuntimeException e) {
      LOG.errorf("the plugin catalogue cannot be followed now: %s", e.getMessage());
    }
  }
}
