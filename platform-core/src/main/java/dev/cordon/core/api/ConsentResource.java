package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;
import dev.cordon.audit.consent.ConsentKind;
import dev.cordon.audit.consent.ConsentRecord;
import dev.cordon.audit.consent.Pseudonyms;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.admin.ConsentDesk;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.policy.evaluation.PolicyDecisionPoint;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Consent of named subjects: give, read, withdraw. */
@Path("/v1/consents")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.CALLER, Role.PRIVACY_OFFICER})
@Blocking
public class ConsentResource {
  private final TokenCaller token;
  private final RequestSchema schema;
  private final ConsentDesk desk;
  private final Pseudonyms pseudonyms;
  private final PolicyDecisionPoint policy;
  private final Clock clock;

  public ConsentResource(
      TokenCaller token,
      RequestSchema schema,
      ConsentDesk desk,
      Pseudonyms pseudonyms,
      PolicyDecisionPoint policy,
      Clock clock) {
    this.token = token;
    this.schema = schema;
    this.desk = desk;
    this.pseudonyms = pseudonyms;
    this.policy = policy;
    this.clock = clock;
  }

  /** Answer to a change. */
  public record ConsentAnswer(UUID id, String status, Receipt receipt) {}

  /** The notice that a subject was shown. */
  public record Notice(String id, String language) {}

  /** A record as it stands; the subject is not told back. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ConsentBody(
      UUID id,
      String status,
      String purpose,
      Optional<String> capability,
      Optional<String> area,
      String kind,
      Notice notice,
      String givenAt,
      Optional<String> validUntil,
      Optional<String> withdrawnAt) {}

  /** Records a consent. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  public ConsentAnswer give(byte[] body) {
    Caller caller = token.get();
    JsonNode tree = schema.read("ConsentRequest", "request", body);
    String purpose = tree.get("purpose").asText();
    if (policy
        .bundle()
        .tenant(caller.tenant())
        .filter(tenant -> tenant.purposes().containsKey(purpose))
        .isEmpty()) {
      throw Problem.at("request.purpose", Code.INVALID_REQUEST, "the tenant has no such purpose");
    }
    return answer(desk.give(record(caller, purpose, tree), body));
  }

  /** Reads a record. */
  @GET
  @Path("/{id}")
  public ConsentBody read(@PathParam("id") UUID id) {
    ConsentRecord record = desk.read(token.get().tenant(), id);
    return new ConsentBody(
        record.id(),
        status(record),
        record.purpose(),
        record.capability(),
        record.area(),
        record.kind().name().toLowerCase(Locale.ROOT),
        new Notice(record.noticeId(), record.noticeLanguage()),
        record.givenAt().toString(),
        record.validUntil().map(Instant::toString),
        record.withdrawnAt().map(Instant::toString));
  }

  /** Withdraws, from now on. */
  @POST
  @Path("/{id}/withdrawal")
  public ConsentAnswer withdraw(@PathParam("id") UUID id) {
    return answer(desk.withdraw(token.get().tenant(), id));
  }

  private ConsentRecord record(Caller caller, String purpose, JsonNode tree) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new ConsentRecord(
        Generators.timeBasedEpochGenerator().generate(),
        caller.tenant(),
        pseudonyms.of(caller.tenant(), tree.get("subject").asText()),
        purpose,
        text(tree, "capability"),
        text(tree, "area"),
        ConsentKind.valueOf(tree.get("kind").asText().toUpperCase(Locale.ROOT)),
        tree.get("notice").get("id").asText(),
        tree.get("notice").get("language").asText(),
        now,
        text(tree, "validUntil").map(time -> future(time, now)),
        Optional.empty());
  }

  private static Instant future(String time, Instant now) {
    try {
      Instant until = OffsetDateTime.parse(time).toInstant().truncatedTo(ChronoUnit.MILLIS);
      if (until.isAfter(now)) {
        return until;
      }
    } catch (DateTimeException e) {
      // Falls through to the same problem: a time that the calendar does not have.
    }
    throw Problem.at("request.validUntil", Code.INVALID_REQUEST, "must be a time in the future");
  }

  private static Optional<String> text(JsonNode tree, String name) {
    return Optional.ofNullable(tree.get(name)).map(JsonNode::asText);
  }

  private ConsentAnswer answer(ConsentDesk.Recorded recorded) {
    return new ConsentAnswer(recorded.record().id(), status(recorded.record()), recorded.receipt());
  }

  private String status(ConsentRecord record) {
    return record.status(clock.instant()).name().toLowerCase(Locale.ROOT);
  }
}
