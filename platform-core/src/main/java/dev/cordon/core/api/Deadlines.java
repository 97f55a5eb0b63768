package dev.cordon.core.api;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.models.onnx.Cancellation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Ends the model's work for a call when its time is up or nobody waits for it any more. */
@Singleton
class Deadlines {
  private final CordonConfig config;
  private final CurrentVertxRequest http;

  Deadlines(CordonConfig config, CurrentVertxRequest http) {
    this.config = config;
    this.http = http;
  }

  void register(@Observes Router router) {
    router
        .route()
        .order(Integer.MIN_VALUE + 2)
        .handler(
            call -> {
              if (GrpcProblem.isGrpc(call)) {
                Vertx.currentContext().putLocal(Deadlines.class, call);
              }
              call.next();
            });
  }

  /** The cancellation of the request under way; its holder closes it. */
  Cancellation ofThisRequest() {
    return ofThisRequest(config.models().deadline());
  }

  /** As above, ended sooner when the caller waits for less time. */
  Cancellation ofThisRequest(Duration patience) {
    Duration most = config.models().deadline();
    Cancellation call = Cancellation.after(patience.compareTo(most) < 0 ? patience : most);
    RoutingContext current = current();
    current.addEndHandler(
        end -> {
          if (end.failed()) {
            call.cancel();
          }
        });
    // Who left before the handler was there is not reported to it.
    if (current.response().closed()) {
      call.cancel();
    }
    return call;
  }

  /** The framework does not hand it on to a blocking call over gRPC. */
  private RoutingContext current() {
    RoutingContext rest = http.getCurrent();
    return rest != null ? rest : Vertx.currentContext().getLocal(Deadlines.class);
  }
}
