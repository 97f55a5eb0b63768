package dev.cordon.core.admin;

import dev.cordon.sandbox.evaluation.EvaluationRefusedException;
import dev.cordon.sandbox.pack.PluginPackageException;

/** What a steward brought is not taken; reason and message hold nothing of its content. */
final class PluginRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String plugin;

  /** Why the catalogue refuses a package that is sound by itself, or an evaluation. */
  enum Reason {
    /** Its id, capability or version belongs to another. */
    DUPLICATE,
    /** It asks for more than the version before it. */
    PERMISSIONS_GROWN,
    /** Its version cannot stand in a leaf. */
    VERSION,
    /** A check of the evaluation did not pass. */
    EVALUATION_FAILED,
    /** Whoever signed the package would judge it. */
    OWN_EVALUATION
  }

  PluginRefused(Reason reason, String plugin, String message) {
    super(message);
    this.reason = reason.name();
    this.plugin = plugin;
  }

  PluginRefused(PluginPackageException refusal, String plugin) {
    super(refusal.getMessage(), refusal);
    this.reason = refusal.reason().name();
    this.plugin = plugin;
  }

  PluginRefused(EvaluationRefusedException refusal, String plugin) {
    super(refusal.getMessage(), refusal);
    this.reason = refusal.reason().name();
    this.plugin = plugin;
  }

  /** The code in the leaf. */
  String reason() {
    return reason;
  }

  /** The package as it stands in leaves; empty where nothing of it could be believed. */
  String plugin() {
    return plugin;
  }
}
