package dev.cordon.audit.leaf;

import java.util.Locale;

/** What a leaf records; the wire name is the constant in lower kebab case. */
public enum LeafKind {
  ANALYSIS,
  DRY_RUN,
  EGRESS,
  /** What a tenant's calls were charged in a month has reached the soft limit of its budget. */
  BUDGET_WARNING,
  /** It has reached the hard limit, or the next charge would have taken it beyond. */
  BUDGET_EXHAUSTED,
  CONSENT_GIVEN,
  CONSENT_WITHDRAWN,
  POLICY_LOADED,
  MODEL_LOADED,
  MODEL_STAGED,
  MODEL_ACTIVATED,
  MODEL_RETIRED,
  /** The files of the package that answers are no longer those that were verified. */
  MODEL_CHANGED,
  COLLECTION_CREATED,
  /** The vectors of another model now answer. */
  COLLECTION_REINDEXED,
  COLLECTION_ERASED,
  ITEM_KEPT,
  ITEM_ERASED,
  PLUGIN_LOADED,
  PLUGIN_INSTALLED,
  /** A package, or the evaluation of one, was not taken; the code says why. */
  PLUGIN_REFUSED,
  PLUGIN_REVIEWED,
  PLUGIN_ENABLED,
  PLUGIN_DISABLED,
  PLUGIN_REPLACED,
  PLUGIN_ROLLED_BACK,
  PLUGIN_REMOVED,
  /** An instance broke out of what it may do and was ended. */
  PLUGIN_TRIPPED,
  PLUGIN_KILLED,
  PLUGIN_REVIVED,
  TENANT_LOADED,
  CONFIGURATION_CHANGED;

  /** The name written into the leaf, such as {@code dry-run}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
