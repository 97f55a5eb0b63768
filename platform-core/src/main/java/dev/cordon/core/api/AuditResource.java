package dev.cordon.core.api;

import dev.cordon.audit.leaf.AuditLog;
import dev.cordon.core.api.Answers.EntriesAnswer;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The log: leaves, proofs, checkpoints and the key that verifies them. */
@Path("/")
@Blocking
public class AuditResource {
  private static final long MAX_INDEX = 9_007_199_254_740_991L;
  private static final long MAX_ENTRIES = 1_000;

  private final AuditLog log;
  private final AuditWriter audit;
  private final TokenCaller token;

  public AuditResource(AuditLog log, AuditWriter audit, TokenCaller token) {
    this.log = log;
    this.audit = audit;
    this.token = token;
  }

  /** Reads leaves in order. */
  @GET
  @Path("v1/audit/entries")
  @RolesAllowed(Role.AUDITOR)
  @Produces(MediaType.APPLICATION_JSON)
  public EntriesAnswer entries(
      @QueryParam("from") @DefaultValue("0") String from,
      @QueryParam("limit") @DefaultValue("100") String limit) {
    String tenant = token.get().tenant();
    long first = number("from", from, 0, MAX_INDEX);
    int count = (int) number("limit", limit, 1, MAX_ENTRIES);
    return EntriesAnswer.of(audit.commit(() -> log.entries(first, count)), tenant);
  }

  /** A self-contained proof that a leaf is in the log. */
  @GET
  @Path("v1/audit/proofs/{index}")
  @RolesAllowed({Role.CALLER, Role.AUDITOR})
  @Produces(MediaType.TEXT_PLAIN)
  public String proof(@PathParam("index") String index) {
    token.get();
    if (!index.matches("[0-9]{1,16}")) {
      throw noLeaf();
    }
    return audit.commit(() -> log.proof(Long.parseLong(index))).orElseThrow(AuditResource::noLeaf);
  }

  /** The newest checkpoint. */
  @GET
  @Path("log/checkpoint")
  @PermitAll
  @Produces(MediaType.TEXT_PLAIN)
  public String checkpoint() {
    return audit.commit(log::checkpoint);
  }

  /** The verifier key, one line. */
  @GET
  @Path("log/vkey")
  @PermitAll
  @Produces(MediaType.TEXT_PLAIN)
  public String vkey() {
    return log.vkey() + "\n";
  }

  private static Problem noLeaf() {
    return Problem.at("index", Code.NOT_FOUND, "the log has no leaf with this index");
  }

  static long number(String name, String text, long least, long most) {
    if (text.matches("[0-9]{1,16}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Problem.at(name, Code.INVALID_REQUEST, "must be a number from " + least + " to " + most);
  }
}
