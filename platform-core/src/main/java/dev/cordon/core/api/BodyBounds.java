package dev.cordon.core.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Puts our own bound, which answers with a problem, in place of the framework's. */
@Singleton
class BodyBounds {
  private final long maxBody;

  BodyBounds(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
    this.maxBody = maxBody.asLongValue();
  }

  void register(@Observes Router router) {
    // INVARIANT: every resource that reads a body reads it through `bound` below.
    router
        .route()
        .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1)
        .handler(
            call -> {
              call.remove(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY);
              call.next();
            });
  }

  @ServerRequestFilter
  void bound(ContainerRequestContext request) {
    request.setEntityStream(new BoundedBody(request.getEntityStream(), maxBody));
  }
}
