package dev.cordon.core.api;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.models.onnx.Cancellation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Ends the model's work for a call when its time is up or nobody waits for it any more. */
@Singleton
class Deadlines {
  private final CordonConfig config;
  private final CurrentVertxRequest http;

  Deadlines(CordonConfig config, CurrentVertxRequest http) {
    this.config = config;
    this.http = http;
  }

  /** The cancellation of the request under way; its holder closes it. */
  Cancellation ofThisRequest() {
    Cancellation call = Cancellation.after(config.models().deadline());
    RoutingContext current = http.getCurrent();
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
}
