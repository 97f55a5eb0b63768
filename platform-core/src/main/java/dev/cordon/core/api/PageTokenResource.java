package dev.cordon.core.api;

import dev.cordon.core.identity.OwnPage;
import dev.cordon.core.identity.PageTokens;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The token of the page at {@code /} while the host stands on the loopback demo identity. */
@Path("/v1/page-token")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PageTokenResource {
  private final PageTokens tokens;

  public PageTokenResource(PageTokens tokens) {
    this.tokens = tokens;
  }

  /** A bearer token. */
  public record PageToken(String token) {}

  /** Gives the page a token; to anybody else there is nothing here. */
  @POST
  @PermitAll
  public PageToken issue(@HeaderParam("Cordon-Page") String marker, RoutingContext call) {
    HttpServerRequest request = call.request();
    call.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return tokens
        .issue(page(request, marker), at(request.remoteAddress()), at(request.localAddress()))
        .map(PageToken::new)
        .orElseThrow(PageTokenResource::none);
  }

  private static OwnPage page(HttpServerRequest request, String marker) {
    return new OwnPage(
        Optional.ofNullable(request.getHeader(HttpHeaders.HOST)),
        Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)),
        Optional.ofNullable(request.getHeader("Sec-Fetch-Site")),
        Optional.ofNullable(marker));
  }

  private static InetSocketAddress at(SocketAddress address) {
    if (address.hostAddress() == null) {
      throw none();
    }
    return new InetSocketAddress(InetAddress.ofLiteral(address.hostAddress()), address.port());
  }

  private static Problem none() {
    return Problem.of(
        Code.NOT_FOUND, "tokens are given to this host's own page on the demo identity only");
  }
}
