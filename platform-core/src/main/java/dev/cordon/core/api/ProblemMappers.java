package dev.cordon.core.api;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Every way a request can fail ends in a problem body, never in a stack trace or an empty answer.
 */
class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  Response problem(Problem problem) {
    return ProblemBody.response(problem);
  }

  @ServerExceptionMapper(priority = 1)
  Response unauthorized(UnauthorizedException failure) {
    return unauthenticated();
  }

  @ServerExceptionMapper(priority = 1)
  Response badToken(AuthenticationFailedException failure) {
    return unauthenticated();
  }

  @ServerExceptionMapper(priority = 1)
  Response forbidden(ForbiddenException failure) {
    return ProblemBody.response(
        Problem.of(Code.ROLE_MISSING, "ask an administrator for the role this address needs"));
  }

  @ServerExceptionMapper
  Response web(WebApplicationException failure) {
    Code code =
        switch (failure.getResponse().getStatus()) {
          case 401 -> Code.UNAUTHENTICATED;
          case 403 -> Code.ROLE_MISSING;
          case 404 -> Code.NOT_FOUND;
          case 405 -> Code.METHOD_NOT_ALLOWED;
          case 406 -> Code.NOT_ACCEPTABLE;
          case 413 -> Code.TOO_LARGE;
          case 415 -> Code.MEDIA_TYPE_UNSUPPORTED;
          case 400 -> Code.INVALID_REQUEST;
          default -> Code.INTERNAL;
        };
    return ProblemBody.response(Problem.of(code, "see the API contract at /q/openapi"));
  }

  @ServerExceptionMapper
  Response unread(IOException failure) {
    return fault(failure);
  }

  @ServerExceptionMapper
  Response fault(RuntimeException failure) {
    return fault((Throwable) failure);
  }

  @ServerExceptionMapper
  Response full(OutOfMemoryError failure) {
    return ProblemBody.response(Problem.of(Code.OVERLOADED, "the host is full; try again"));
  }

  @ServerExceptionMapper
  Response broken(Error failure) {
    return fault(failure);
  }

  @ServerResponseFilter
  void speakInference(ContainerRequestContext request, ContainerResponseContext answer) {
    if (answer.getEntity() instanceof ProblemBody body) {
      answer.setEntity(body.at("/" + request.getUriInfo().getPath().replaceFirst("^/+", "")));
    }
  }

  private static Response fault(Throwable failure) {
    LOG.errorf("request failed: %s", failure.getClass().getName());
    LOG.debug("cause", failure);
    return ProblemBody.response(Problem.of(Code.INTERNAL, "the host failed"));
  }

  private static Response unauthenticated() {
    return ProblemBody.response(
        Problem.of(
            Code.UNAUTHENTICATED, "send `Authorization: Bearer TOKEN` with a token of this host"));
  }
}
