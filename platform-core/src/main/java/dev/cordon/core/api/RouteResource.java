package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.routing.choice.Candidate;
import dev.cordon.core.routing.fleet.Standing;
import dev.cordon.core.routing.fleet.Target;
import dev.cordon.core.routing.fleet.Targets;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The targets of this host and how they stand, for operators. */
@Path("/v1/routes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.OPERATOR)
public class RouteResource {
  private final TokenCaller token;
  private final Targets targets;

  public RouteResource(TokenCaller token, Targets targets) {
    this.token = token;
    this.targets = targets;
  }

  /** All targets, the edge first. */
  public record RoutesAnswer(List<TargetBody> targets) {}

  /**
   * One target; the edge has no region, tenants or probes, for it is bound by none of them.
   *
   * @param state {@code ready}, or why no call goes there now
   * @param latencyMillis moving average of what it answered
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TargetBody(
      String id,
      String state,
      String detail,
      String breaker,
      double latencyMillis,
      int underWay,
      Instant probed,
      String region,
      Set<String> tenants,
      Set<String> dataClasses,
      Set<String> packages) {}

  /** Lists the targets. */
  @GET
  public RoutesAnswer routes() {
    token.get();
    List<TargetBody> bodies = new ArrayList<>();
    bodies.add(
        new TargetBody(
            Candidate.EDGE,
            "ready",
            null,
            null,
            targets.edge().millis(),
            targets.edge().underWay(),
            null,
            null,
            null,
            null,
            null));
    targets.all().stream().map(RouteResource::body).forEach(bodies::add);
    return new RoutesAnswer(bodies);
  }

  private static TargetBody body(Target target) {
    Standing standing = target.standing();
    var settings = target.settings();
    return new TargetBody(
        settings.id(),
        target.fault().map(RouteResource::word).orElse("ready"),
        Optional.of(standing.detail()).filter(detail -> !detail.isEmpty()).orElse(null),
        word(target.breaker()),
        target.pace().millis(),
        target.pace().underWay(),
        standing.probed().orElse(null),
        settings.region(),
        new TreeSet<>(settings.tenants()),
        new TreeSet<>(settings.dataClasses()),
        new TreeSet<>(settings.towers().keySet()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
