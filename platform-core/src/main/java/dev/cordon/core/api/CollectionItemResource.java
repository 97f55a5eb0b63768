package dev.cordon.core.api;

import dev.cordon.core.analysis.AnalysisPipeline;
import dev.cordon.core.api.Answers.AnalysisAnswer;
import dev.cordon.core.api.CollectionBodies.ErasureAnswer;
import dev.cordon.core.api.CollectionRequests.Target;
import dev.cordon.core.collections.CollectionDesk;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.gallery.collection.Item;
import dev.cordon.models.onnx.Cancellation;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** Hop 1 of calls about a collection's items: keep one, erase one, search for some. */
@Path("/v1/collections/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.CALLER)
@Blocking
public class CollectionItemResource {
  private final TokenCaller token;
  private final CollectionRequests requests;
  private final AnalysisPipeline pipeline;
  private final CollectionDesk desk;
  private final CordonConfig config;
  private final Deadlines deadlines;

  CollectionItemResource(
      TokenCaller token,
      CollectionRequests requests,
      AnalysisPipeline pipeline,
      CollectionDesk desk,
      CordonConfig config,
      Deadlines deadlines) {
    this.token = token;
    this.requests = requests;
    this.pipeline = pipeline;
    this.desk = desk;
    this.config = config;
    this.deadlines = deadlines;
  }

  /** Keeps an image's vector under the item's name, in place of an earlier one. */
  @PUT
  @Path("/items/{item}")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public AnalysisAnswer keep(
      @PathParam("id") String id,
      @PathParam("item") String item,
      InputStream body,
      @Context HttpHeaders headers) {
    Caller caller = token.get();
    if (!item.matches(Item.NAME)) {
      throw Problem.at(
          "item", Code.INVALID_REQUEST, "must match the pattern that the API contract gives");
    }
    Target target = target(caller, id);
    AnalysisForm form = form(body, headers);
    return answer(caller, requests.item(target, item, form.request()), form.image());
  }

  /** Erases an item. */
  @DELETE
  @Path("/items/{item}")
  public ErasureAnswer erase(@PathParam("id") String id, @PathParam("item") String item) {
    Caller caller = token.get();
    CollectionResource.known(id);
    if (!item.matches(Item.NAME)) {
      throw Problem.at("item", Code.NOT_FOUND, "the collection has no such item");
    }
    return new ErasureAnswer(desk.erase(caller.tenant(), id, item));
  }

  /** Finds what a text describes. */
  @POST
  @Path("/search")
  @Consumes(MediaType.APPLICATION_JSON)
  public AnalysisAnswer searchByText(@PathParam("id") String id, byte[] body) {
    Caller caller = token.get();
    AnalysisRequest request = requests.byText(target(caller, id), body);
    try (Cancellation call = deadlines.ofThisRequest()) {
      return AnalysisAnswer.of(request, pipeline.run(caller, request, call));
    }
  }

  /** Finds what looks like an image. */
  @POST
  @Path("/search")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public AnalysisAnswer searchByImage(
      @PathParam("id") String id, InputStream body, @Context HttpHeaders headers) {
    Caller caller = token.get();
    Target target = target(caller, id);
    AnalysisForm form = form(body, headers);
    return answer(caller, requests.byImage(target, form.request()), form.image());
  }

  private AnalysisForm form(InputStream body, HttpHeaders headers) {
    return AnalysisForm.read(body, headers.getMediaType(), config.image().maxBytes());
  }

  private Target target(Caller caller, String id) {
    return new Target(CollectionResource.known(id), desk.area(caller.tenant(), id));
  }

  private AnalysisAnswer answer(Caller caller, AnalysisRequest request, byte[] image) {
    try (Cancellation call = deadlines.ofThisRequest()) {
      return AnalysisAnswer.of(request, pipeline.run(caller, request, image, call));
    }
  }
}
