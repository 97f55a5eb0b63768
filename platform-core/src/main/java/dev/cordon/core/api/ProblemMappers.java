package dev.cordon.core.api;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

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
  Response unread(IOException failure, ContainerRequestContext request) {
    return fault(failure, request);
  }

  @ServerExceptionMapper
  Response fault(RuntimeException failure, ContainerRequestContext request) {
    return fault((Throwable) failure, request);
  }

  @ServerExceptionMapper
  Response broken(Error failure, ContainerRequestContext request) {
    return fault(failure, request);
  }

  private static Response fault(Throwable failure, ContainerRequestContext request) {
    if (isBadForm(request)) {
      return ProblemBody.response(
          Problem.of(Code.INVALID_REQUEST, "the body is not well-formed `multipart/form-data`"));
    }
    LOG.errorf("request failed: %s", failure.getClass().getName());
    LOG.debug("cause", failure);
    return ProblemBody.response(Problem.of(Code.INTERNAL, "the host failed"));
  }

  /**
   * The framework's form parser fails in any of a dozen ways when a body is malformed; what they
   * have in common is a body that was begun and a form that never came of it.
   */
  private static boolean isBadForm(ContainerRequestContext request) {
    return request instanceof ResteasyReactiveContainerRequestContext context
        && context.getProperty(BoundedBody.PROPERTY) instanceof BoundedBody body
        && body.isBegun()
        && MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(context.getMediaType())
        && ((ResteasyReactiveRequestContext) context.getServerRequestContext()).getFormData()
            == null;
  }

  private static Response unauthenticated() {
    return ProblemBody.response(
        Problem.of(
            Code.UNAUTHENTICATED, "send `Authorization: Bearer TOKEN` with a token of this host"));
  }
}
