package dev.cordon.core.identity;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads the caller from the verified bearer token of this request. */
@RequestScoped
public class TokenCaller {
  /** Tenant names stand in audit leaves, so they are identifiers and nothing else. */
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final SecurityIdentity identity;
  private final JsonWebToken token;
  private final String tenantClaim;

  public TokenCaller(SecurityIdentity identity, JsonWebToken token, CordonConfig config) {
    this.identity = identity;
    this.token = token;
    this.tenantClaim = config.identity().tenantClaim();
  }

  /** The caller, or a problem when the token names no usable tenant. */
  public Caller get() {
    Object tenant = token.getClaim(tenantClaim);
    if (tenant == null || !TENANT.matcher(tenant.toString()).matches()) {
      throw Problem.of(
          Code.TENANT_MISSING, "the token's claim `" + tenantClaim + "` is missing or no name");
    }
    return new Caller(tenant.toString(), identity.getRoles());
  }

  /** Who the token speaks of; kept as a pseudonym only, to tell one person from another. */
  public String subject() {
    String subject = token.getSubject();
    if (subject == null || subject.isBlank()) {
      throw Problem.of(Code.UNAUTHENTICATED, "the token has no claim `sub`");
    }
    return subject;
  }
}
