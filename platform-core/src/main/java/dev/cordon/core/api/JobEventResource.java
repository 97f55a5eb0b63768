package dev.cordon.core.api;

import dev.cordon.core.api.JobAnswers.JobBody;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.jobs.JobDesk;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** The progress of a job as server-sent events. */
@Path("/v1/jobs/{id}/events")
public class JobEventResource {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int LOOKS_PER_HEARTBEAT = 30;
  private static final int MOST_STREAMS = 64;

  private final TokenCaller token;
  private final JobDesk desk;
  private final Sse sse;
  private final Semaphore room = new Semaphore(MOST_STREAMS);

  public JobEventResource(TokenCaller token, JobDesk desk, Sse sse) {
    this.token = token;
    this.desk = desk;
    this.sse = sse;
  }

  /** One look at the job; an empty event when there is nothing new to tell. */
  private record Look(Optional<OutboundSseEvent> event, boolean last) {}

  /** Tells how the job stands, each time that this has changed, until it ends. */
  @GET
  @RolesAllowed(Role.CALLER)
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  public Multi<OutboundSseEvent> events(
      @PathParam("id") UUID id, @HeaderParam("Last-Event-ID") String seen) {
    String tenant = token.get().tenant();
    desk.status(tenant, id);
    if (!room.tryAcquire()) {
      throw Problem.of(Code.OVERLOADED, "too many follow jobs already");
    }
    Progress progress = new Progress(tenant, id, seen);
    return Multi.createBy()
        .repeating()
        .supplier(progress::look)
        .withDelay(LOOK)
        .whilst(look -> !look.last())
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .onTermination()
        .invoke(() -> room.release())
        .onItem()
        .transformToMultiAndConcatenate(look -> Multi.createFrom().optional(look.event()));
  }

  /** What one follower was told last. */
  private final class Progress {
    private final String tenant;
    private final UUID id;
    private String told;
    private int quiet;

    Progress(String tenant, UUID id, String seen) {
      this.tenant = tenant;
      this.id = id;
      this.told = seen;
    }

    Look look() {
      JobDesk.Status job;
      try {
        job = desk.status(tenant, id);
      } catch (Problem problem) {
        // Erased while it was followed; a database that is away is not the end of the job.
        return problem.status() == 404 ? new Look(event("gone"), true) : heartbeat();
      }
      String now = job.state().word() + "-" + job.counts().ended() + "-" + job.counts().waiting();
      if (now.equals(told) && !job.state().isEnd()) {
        return heartbeat();
      }
      told = now;
      quiet = 0;
      String name = job.state().isEnd() ? job.state().word() : "progress";
      OutboundSseEvent event =
          sse.newEventBuilder()
              .id(now)
              .name(name)
              .mediaType(MediaType.APPLICATION_JSON_TYPE)
              .data(JobBody.of(job))
              .build();
      return new Look(Optional.of(event), job.state().isEnd());
    }

    /** Keeps the connection open through proxies, and finds out that nobody listens. */
    private Look heartbeat() {
      quiet++;
      return new Look(
          quiet % LOOKS_PER_HEARTBEAT == 0
              ? Optional.of(sse.newEventBuilder().comment("waiting").build())
              : Optional.empty(),
          false);
    }

    private Optional<OutboundSseEvent> event(String name) {
      return Optional.of(sse.newEventBuilder().name(name).data("{}").build());
    }
  }
}
