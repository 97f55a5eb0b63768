package dev.cordon.core.api;

import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.policy.bundle.Purpose;
import dev.cordon.policy.bundle.Tenant;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What can be asked of this host: the purposes of the caller's tenant. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({
  Role.CALLER,
  Role.POLICY_AUTHOR,
  Role.POLICY_APPROVER,
  Role.PRIVACY_OFFICER,
  Role.AUDITOR,
  Role.MODEL_STEWARD,
  Role.PLUGIN_STEWARD,
  Role.OPERATOR
})
public class CatalogResource {
  private final TokenCaller token;
  private final PolicyDecisionPoint policy;

  public CatalogResource(TokenCaller token, PolicyDecisionPoint policy) {
    this.token = token;
    this.policy = policy;
  }

  /** All purposes of one tenant, by id. */
  public record PurposesAnswer(List<PurposeBody> purposes) {}

  /** A registered purpose; without areas it covers any. */
  public record PurposeBody(
      String id, List<String> areas, List<String> capabilities, String legalBasis) {}

  /** Lists what the caller's tenant may ask for; a tenant that no pack declares has none. */
  @GET
  @Path("v1/purposes")
  public PurposesAnswer purposes() {
    return new PurposesAnswer(
        policy.bundle().tenant(token.get().tenant()).map(Tenant::purposes).map(Map::values).stream()
            .flatMap(Collection::stream)
            .sorted(Comparator.comparing(Purpose::id))
            .map(CatalogResource::body)
            .toList());
  }

  private static PurposeBody body(Purpose purpose) {
    return new PurposeBody(
        purpose.id(),
        purpose.areas().stream().sorted().toList(),
        (purpose.capabilities().isEmpty() ? Purpose.SHIPPED_CAPABILITIES : purpose.capabilities())
            .stream().sorted().toList(),
        purpose.legalBasis().word());
  }
}
