package dev.cordon.core.wiring;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.catalog.PackagePlugins;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.core.serving.ActiveModel;
import dev.cordon.core.serving.BroughtPackage;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Opens the host: loads policy and the active model, puts on record which of them it serves with,
 * and once the server listens says so.
 */
@Readiness
@ApplicationScoped
public class Opening implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Opening.class);

  private volatile boolean loaded;

  /** Runs before the server listens; what fails here stops the start. */
  void load(
      @Observes StartupEvent started,
      PolicyDecisionPoint policy,
      Pseudonyms pseudonyms,
      BroughtPackage brought,
      ActiveModel active,
      PackagePlugins plugins,
      AuditWriter audit,
      Clock clock) {
    audit.write(leaf(clock, policy.bundle().digest()));
    brought.register();
    active.refresh();
    plugins.refresh();
    loaded = true;
  }

  /** Runs once the server listens. */
  void announce(@ObservesAsync HttpServerStart listening, CordonConfig config, HttpServer http) {
    String bind = config.http().bind();
    boolean demo = config.identity().issuer().isEmpty();
    try {
      new RunFile(ProcessHandle.current().pid(), http.getPort(), bind, demo).write(config.data());
    } catch (IOException e) {
      LOG.errorf("`run.json` cannot be written: %s", e.getMessage());
      Quarkus.asyncExit(1);
      return;
    }
    System.out.println(
        "ready on http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + http.getPort());
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("policy and model").status(loaded).build();
  }

  private static Leaf leaf(Clock clock, String bundle) {
    return new Leaf(
        Generators.timeBasedEpochGenerator().generate(),
        clock.instant(),
        "",
        LeafKind.POLICY_LOADED,
        "permit",
        "",
        List.of(),
        bundle,
        "",
        "",
        "",
        List.of(),
        List.of(),
        Commitment.of(new byte[0]));
  }
}
