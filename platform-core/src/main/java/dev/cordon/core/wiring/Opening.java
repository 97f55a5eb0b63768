package dev.cordon.core.wiring;

import com.fasterxml.uuid.Generators;
import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.release.AuditWriter;
import dev.cordon.models.onnx.OnnxImageTextModel;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Opens the host: loads policy and model, puts on record which of them it serves with, then says
 * that it is ready.
 */
@Readiness
@ApplicationScoped
public class Opening implements HealthCheck {
  private volatile boolean open;

  /** Runs once the server listens; what fails here stops the host. */
  void open(
      @Observes StartupEvent started,
      CordonConfig config,
      PolicyDecisionPoint policy,
      OnnxImageTextModel model,
      AuditWriter audit,
      Clock clock,
      HttpServer http)
      throws IOException {
    audit.write(leaf(clock, LeafKind.POLICY_LOADED, policy.bundle().digest(), ""));
    audit.write(leaf(clock, LeafKind.MODEL_LOADED, "", model.pack().digest()));
    open = true;
    String bind = config.http().bind();
    new RunFile(
            ProcessHandle.current().pid(),
            http.getPort(),
            bind,
            config.identity().issuer().isEmpty())
        .write(config.data());
    System.out.println(
        "ready on http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + http.getPort());
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("policy and model").status(open).build();
  }

  private static Leaf leaf(Clock clock, LeafKind kind, String bundle, String model) {
    return new Leaf(
        Generators.timeBasedEpochGenerator().generate(),
        clock.instant(),
        "",
        kind,
        "permit",
        "",
        List.of(),
        bundle,
        model,
        "",
        "",
        List.of(),
        List.of(),
        Commitment.of(new byte[0]));
  }
}
