package dev.cordon.core.admin;

import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.catalog.BuiltInPlugins;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.sandbox.catalogue.InstalledPackage;
import dev.cordon.sandbox.catalogue.Kill;
import dev.cordon.sandbox.catalogue.PluginRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Stops a plugin on every host at once; one person stops, another lets it answer again. */
@ApplicationScoped
public class KillSwitch {
  private final PluginRegistry registry;
  private final BuiltInPlugins builtIn;
  private final PluginChanges changes;
  private final AuditWriter audit;
  private final Pseudonyms pseudonyms;
  private final Clock clock;

  public KillSwitch(
      PluginRegistry registry,
      BuiltInPlugins builtIn,
      PluginChanges changes,
      AuditWriter audit,
      Pseudonyms pseudonyms,
      Clock clock) {
    this.registry = registry;
    this.builtIn = builtIn;
    this.changes = changes;
    this.audit = audit;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
  }

  /** Stops a plugin by its id, or one package by its digest, on every host and at once. */
  public Receipt kill(Steward steward, String name) {
    return changes.commit(
        steward,
        LeafKind.PLUGIN_KILLED,
        named(name),
        List.of(),
        actor -> registry.kill(new Kill(name, actor, now())));
  }

  /** Lets a name answer again that another person, or the host, has stopped. */
  public Receipt revive(Steward steward, String name) {
    String plugin = named(name);
    Kill kill =
        audit.commit(registry::kills).stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> Problem.of(Code.CONFLICT, "its kill switch is not pulled"));
    if (kill.by().equals(steward.pseudonym(pseudonyms))) {
      throw Problem.of(Code.FOUR_EYES, "who pulled a kill switch does not put it back");
    }
    return changes.commit(
        steward, LeafKind.PLUGIN_REVIVED, plugin, List.of(), actor -> registry.revive(name));
  }

  /** A name that may be killed, as it stands in leaves. */
  private String named(String name) {
    boolean own = builtIn.descriptors().stream().anyMatch(plugin -> plugin.id().equals(name));
    List<InstalledPackage> all = audit.commit(registry::all);
    if (own || all.stream().anyMatch(entry -> entry.id().equals(name))) {
      return name;
    }
    return all.stream()
        .filter(entry -> entry.digest().equals(name))
        .findFirst()
        .map(PluginIntake::name)
        .orElseThrow(
            () ->
                Problem.at(
                    "name", Code.NOT_FOUND, "no plugin has this id, no package it as digest"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
