package dev.cordon.core.identity;

/** Role names as they stand in tokens; a promise to administrators. */
public final class Role {
  public static final String CALLER = "caller";
  public static final String POLICY_AUTHOR = "policy-author";
  public static final String POLICY_APPROVER = "policy-approver";
  public static final String PRIVACY_OFFICER = "privacy-officer";
  public static final String AUDITOR = "auditor";
  public static final String MODEL_STEWARD = "model-steward";
  public static final String PLUGIN_STEWARD = "plugin-steward";
  public static final String OPERATOR = "operator";

  /** All of them, in the order of the documentation. */
  public static final java.util.List<String> ALL =
      java.util.List.of(
          CALLER,
          POLICY_AUTHOR,
          POLICY_APPROVER,
          PRIVACY_OFFICER,
          AUDITOR,
          MODEL_STEWARD,
          PLUGIN_STEWARD,
          OPERATOR);

  private Role() {}
}
