package dev.cordon.core.api;

import dev.cordon.core.api.JobAnswers.ItemBody;
import dev.cordon.core.api.JobAnswers.JobBody;
import dev.cordon.core.api.JobAnswers.JobsAnswer;
import dev.cordon.core.api.JobAnswers.ResultBody;
import dev.cordon.core.api.JobAnswers.ResultsAnswer;
import dev.cordon.core.api.JobAnswers.SubmissionAnswer;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.jobs.JobDesk;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.gallery.collection.Item;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** One question about many images: submit, send images, follow, read what came of each. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.CALLER)
@Blocking
public class JobResource {
  private static final int MOST_RESULTS = 1_000;
  private static final long MOST_LEAVES = 9_007_199_254_740_991L;

  private final TokenCaller token;
  private final RequestReader requests;
  private final JobDesk desk;
  private final CordonConfig config;

  public JobResource(TokenCaller token, RequestReader requests, JobDesk desk, CordonConfig config) {
    this.token = token;
    this.requests = requests;
    this.desk = desk;
    this.config = config;
  }

  /** Takes a question in that is to be asked about many images. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  public SubmissionAnswer submit(byte[] body) {
    return SubmissionAnswer.of(desk.submit(token.get(), requests.read("request", body)));
  }

  /** Lists the tenant's jobs, the newest first. */
  @GET
  public JobsAnswer list() {
    return new JobsAnswer(desk.list(token.get().tenant()).stream().map(JobBody::of).toList());
  }

  /** Tells how a job stands. */
  @GET
  @Path("/{id}")
  public JobBody read(@PathParam("id") UUID id) {
    return JobBody.of(desk.status(token.get().tenant(), id));
  }

  /** Takes an image in. */
  @PUT
  @Path("/{id}/items/{item}")
  @Consumes({MediaType.APPLICATION_OCTET_STREAM, "image/jpeg", "image/png", "image/webp"})
  @ResponseStatus(202)
  public ItemBody put(@PathParam("id") UUID id, @PathParam("item") String item, InputStream body) {
    String tenant = token.get().tenant();
    if (!item.matches(Item.NAME)) {
      throw Problem.at(
          "item", Code.INVALID_REQUEST, "must match the pattern that the API contract gives");
    }
    return new ItemBody(item, desk.put(tenant, id, item, image(body)).word());
  }

  /** Ends the taking of items. */
  @POST
  @Path("/{id}/close")
  public JobBody close(@PathParam("id") UUID id) {
    return JobBody.of(desk.close(token.get().tenant(), id));
  }

  /** Drops what waits and ends what runs. */
  @POST
  @Path("/{id}/cancellation")
  public JobBody cancel(@PathParam("id") UUID id) {
    return JobBody.of(desk.cancel(token.get().tenant(), id));
  }

  /** Destroys the job with its images and results. */
  @DELETE
  @Path("/{id}")
  public JobsAnswer erase(@PathParam("id") UUID id) {
    desk.erase(token.get().tenant(), id);
    return list();
  }

  /** What came of the items, in the order of their leaves. */
  @GET
  @Path("/{id}/results")
  public ResultsAnswer results(
      @PathParam("id") UUID id,
      @QueryParam("after") String after,
      @QueryParam("limit") @DefaultValue("100") String limit) {
    String tenant = token.get().tenant();
    long leaf = after == null ? -1 : AuditResource.number("after", after, 0, MOST_LEAVES);
    int count = (int) AuditResource.number("limit", limit, 1, MOST_RESULTS);
    return new ResultsAnswer(
        desk.results(tenant, id, leaf, count).stream().map(ResultBody::of).toList());
  }

  private byte[] image(InputStream body) {
    long most = config.image().maxBytes();
    try {
      byte[] image = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
      if (image.length > most) {
        throw Problem.at("image", Code.TOO_LARGE, "at most " + most + " bytes are taken");
      }
      return image;
    } catch (IOException e) {
      throw Problem.of(Code.INVALID_REQUEST, "the body could not be read");
    }
  }
}
