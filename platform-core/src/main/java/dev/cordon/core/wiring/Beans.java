package dev.cordon.core.wiring;

import dev.cordon.audit.checkpoint.NoteSigner;
import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.audit.keyfile.KeyFile;
import dev.cordon.audit.leaf.AuditLog;
import dev.cordon.audit.store.PostgresAuditLog;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.costs.Budgets;
import dev.cordon.core.costs.CostStore;
import dev.cordon.core.costs.store.PostgresCostStore;
import dev.cordon.core.image.ImageDecoder;
import dev.cordon.core.image.ImageLimits;
import dev.cordon.core.jobs.JobKeys;
import dev.cordon.core.jobs.JobStore;
import dev.cordon.core.jobs.store.PostgresJobStore;
import dev.cordon.core.routing.fleet.RoutingFiles;
import dev.cordon.core.routing.fleet.RoutingPlan;
import dev.cordon.core.serving.ModelTrust;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.sealing.HostKey;
import dev.cordon.gallery.store.PostgresCollectionStore;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.VerifiedPackage;
import dev.cordon.models.store.PostgresModelRegistry;
import dev.cordon.policy.bundle.BundleLoader;
import dev.cordon.policy.bundle.PolicyLoadException;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import dev.cordon.policy.screening.PromptScreen;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import dev.cordon.sandbox.store.PostgresPluginRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;

/** Beans made from configuration; each is made once, and a failure stops the start. */
@Singleton
public class Beans {
  private final CordonConfig config;

  public Beans(CordonConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  PromptScreen screen() {
    return PromptScreen.shipped();
  }

  @Produces
  @Singleton
  PolicyDecisionPoint policy() throws PolicyLoadException {
    return new PolicyDecisionPoint(BundleLoader.load(Optional.of(config.data().resolve("policy"))));
  }

  @Produces
  @Singleton
  RoutingPlan routing() throws PolicyLoadException {
    return RoutingFiles.load(config.data().resolve("routing"));
  }

  @Produces
  @Singleton
  Budgets budgets(RoutingPlan plan) {
    if (!config.routing().currency().matches("[A-Z]{3}")) {
      throw new IllegalArgumentException(
          "`cordon.routing.currency` is no currency such as EUR (ISO 4217)");
    }
    return plan.budgets();
  }

  @Produces
  @Singleton
  CostStore costs(DataSource runtime) {
    return new PostgresCostStore(runtime);
  }

  @Produces
  @Singleton
  NoteSigner signer() throws IOException {
    return NoteSigner.fromKeyFile(
        config.audit().keyFile().orElse(audit("log.key")), config.audit().origin());
  }

  @Produces
  @Singleton
  AuditLog log(DataSource runtime, NoteSigner signer) {
    return new PostgresAuditLog(runtime, signer);
  }

  @Produces
  @Singleton
  ModelRegistry registry(DataSource runtime) {
    return new PostgresModelRegistry(runtime);
  }

  @Produces
  @Singleton
  PluginRegistry plugins(DataSource runtime) {
    return new PostgresPluginRegistry(runtime);
  }

  @Produces
  @Singleton
  CollectionStore collections(DataSource runtime) {
    return new PostgresCollectionStore(runtime);
  }

  @Produces
  @Singleton
  HostKey collectionsKey() throws IOException {
    Path file = config.data().resolve("collections").resolve("host.key");
    return HostKey.of(
        KeyFile.readOrCreate(config.collections().keyFile().orElse(file), HostKey::newLine));
  }

  @Produces
  @Singleton
  Pseudonyms pseudonyms() throws IOException {
    return Pseudonyms.fromKeyFile(config.audit().pseudonymKeyFile().orElse(audit("pseudonym.key")));
  }

  @Produces
  @Singleton
  ImageDecoder decoder() {
    return new ImageDecoder(
        new ImageLimits(
            config.image().maxBytes(), config.image().maxSide(), config.image().maxPixels()));
  }

  @Produces
  @Singleton
  ModelTrust trust() throws IOException {
    return ModelTrust.of(config);
  }

  @Produces
  @Singleton
  VerifiedPackage brought(ModelTrust trust) throws ModelPackageException {
    return trust.open(config.models().pack());
  }

  @Produces
  @Singleton
  JobStore jobs(DataSource runtime) {
    return new PostgresJobStore(runtime);
  }

  @Produces
  @Singleton
  JobKeys jobKeys() throws IOException {
    Path file = config.data().resolve("jobs").resolve("host.key");
    return new JobKeys(
        KeyFile.readOrCreate(config.jobs().keyFile().orElse(file), JobKeys::newLine));
  }

  private Path audit(String name) {
    return config.data().resolve("audit").resolve(name);
  }
}
