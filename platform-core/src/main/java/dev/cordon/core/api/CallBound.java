package dev.cordon.core.api;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Refuses analyses, searches, items and reindexing beyond a number that are under way, whichever
 * protocol asks, before a thread waits for them or a byte of their body is kept. Nothing was asked
 * of anybody yet, so there is no leaf, as for a request without a token.
 */
@Singleton
class CallBound {
  private static final String ANALYSES =
      "/v1/analyses/?"
          + "|/v1/collections/[^/]+/(search|reindex|items/[^/]+)/?"
          + "|/v1/jobs/[^/]+/items/[^/]+/?"
          + "|/v2/models/[^/]+/(versions/[^/]+/)?infer/?"
          + "|/inference\\.GRPCInferenceService/ModelInfer";

  private final HttpEdge edge;
  private final Semaphore room;

  CallBound(HttpEdge edge, CordonConfig config, MeterRegistry meters) {
    this.edge = edge;
    int most = config.http().mostCalls();
    this.room = new Semaphore(most);
    // Who scales hosts by load looks at this one.
    meters.gauge("cordon.http.calls", room, free -> most - free.availablePermits());
  }

  void register(@Observes Router router) {
    router.routeWithRegex(ANALYSES).order(Integer.MIN_VALUE + 3).handler(this::admit);
  }

  private void admit(RoutingContext call) {
    if (room.tryAcquire()) {
      // However it ends: with an answer, a fault, or because the caller has gone.
      call.addEndHandler(end -> room.release());
      call.next();
      return;
    }
    if (call.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
      call.response().putHeader(HttpHeaders.CONNECTION, "close");
    }
    // Read and dropped, so that a client that is still sending gets to see the answer.
    call.request().handler(dropped -> {});
    edge.answer(call, Problem.of(Code.OVERLOADED, "the host has too much to do; try again"));
  }
}
