package dev.cordon.core.api;

import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.admin.KillSwitch;
import dev.cordon.core.admin.PluginDesk;
import dev.cordon.core.admin.PluginIntake;
import dev.cordon.core.admin.PluginIntake.Installed;
import dev.cordon.core.admin.PluginShelf;
import dev.cordon.core.admin.Steward;
import dev.cordon.core.api.PluginBodies.CatalogueAnswer;
import dev.cordon.core.api.PluginBodies.PluginAnswer;
import dev.cordon.core.api.PluginBodies.PluginsAnswer;
import dev.cordon.core.api.PluginBodies.SwitchAnswer;
import dev.cordon.core.catalog.PluginCatalog;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.models.digest.Sha256;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The catalogue of plugins: what there is, and what is decided about it. */
@Path("/v1/plugins")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.PLUGIN_STEWARD)
@Blocking
public class PluginResource {
  private static final String ZIP = "application/zip";

  /** An id of a plugin, or a digest. */
  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private final TokenCaller token;
  private final RequestSchema schema;
  private final PluginIntake intake;
  private final PluginDesk desk;
  private final KillSwitch kills;
  private final PluginShelf shelf;
  private final PluginCatalog catalog;

  public PluginResource(
      TokenCaller token,
      RequestSchema schema,
      PluginIntake intake,
      PluginDesk desk,
      KillSwitch kills,
      PluginShelf shelf,
      PluginCatalog catalog) {
    this.token = token;
    this.schema = schema;
    this.intake = intake;
    this.desk = desk;
    this.kills = kills;
    this.shelf = shelf;
    this.catalog = catalog;
  }

  /** Lists the plugins that answer the caller's tenant. */
  @GET
  @RolesAllowed({
    Role.CALLER,
    Role.POLICY_AUTHOR,
    Role.POLICY_APPROVER,
    Role.PRIVACY_OFFICER,
    Role.AUDITOR,
    Role.MODEL_STEWARD,
    Role.PLUGIN_STEWARD,
    Role.OPERATOR
  })
  public PluginsAnswer plugins() {
    return PluginBodies.answering(catalog.descriptors(token.get().tenant()));
  }

  /** Lists every plugin with its state, its purposes in the caller's tenant, and its usage. */
  @GET
  @Path("catalogue")
  @RolesAllowed({Role.PLUGIN_STEWARD, Role.OPERATOR, Role.AUDITOR})
  public CatalogueAnswer catalogue() {
    return PluginBodies.catalogue(shelf.read(token.get().tenant()));
  }

  /** Takes a package in. */
  @POST
  @Consumes(ZIP)
  @ResponseStatus(201)
  public PluginAnswer install(byte[] archive) {
    Installed installed = intake.install(steward(), archive);
    return answer(installed.entry().digest(), installed.receipt());
  }

  /** Keeps a review with its signed evaluation. */
  @POST
  @Path("{digest}/review")
  @Consumes(MediaType.TEXT_PLAIN)
  public PluginAnswer review(@PathParam("digest") String digest, byte[] report) {
    return answer(digest, intake.review(steward(), known(digest), report).receipt());
  }

  /** Lets a package answer for a purpose of the caller's tenant. */
  @POST
  @Path("{digest}/enable")
  @Consumes(MediaType.APPLICATION_JSON)
  public PluginAnswer enable(@PathParam("digest") String digest, byte[] body) {
    return answer(digest, desk.enable(steward(), known(digest), purpose(body)));
  }

  /** Lets a package answer in place of another. */
  @POST
  @Path("{digest}/replace")
  @Consumes(MediaType.APPLICATION_JSON)
  public PluginAnswer replace(@PathParam("digest") String digest, byte[] body) {
    return answer(digest, desk.replace(steward(), known(digest), purpose(body)));
  }

  /** Lets the package answer again that this one replaced. */
  @POST
  @Path("{digest}/rollback")
  @Consumes(MediaType.APPLICATION_JSON)
  public PluginAnswer rollback(@PathParam("digest") String digest, byte[] body) {
    return answer(digest, desk.rollBack(steward(), known(digest), purpose(body)));
  }

  /** Ends an enablement. */
  @POST
  @Path("{digest}/disable")
  @Consumes(MediaType.APPLICATION_JSON)
  public PluginAnswer disable(@PathParam("digest") String digest, byte[] body) {
    return answer(digest, desk.disable(steward(), known(digest), purpose(body)));
  }

  /** Drops a package that answers nowhere. */
  @DELETE
  @Path("{digest}")
  public PluginAnswer remove(@PathParam("digest") String digest) {
    return answer(digest, desk.remove(steward(), known(digest)));
  }

  /** Stops a plugin everywhere. */
  @POST
  @Path("{name}/kill")
  @RolesAllowed({Role.PLUGIN_STEWARD, Role.OPERATOR})
  public SwitchAnswer kill(@PathParam("name") String name) {
    return new SwitchAnswer(name, true, kills.kill(steward(), named(name)));
  }

  /** Lets a plugin answer again. */
  @POST
  @Path("{name}/revive")
  public SwitchAnswer revive(@PathParam("name") String name) {
    return new SwitchAnswer(name, false, kills.revive(steward(), named(name)));
  }

  private Steward steward() {
    return new Steward(token.get().tenant(), token.subject());
  }

  private String purpose(byte[] body) {
    return schema.read("EnablementRequest", "request", body).get("purpose").asText();
  }

  private static String known(String digest) {
    if (!digest.matches(Sha256.FORM)) {
      throw Problem.at("digest", Code.NOT_FOUND, "a package is named by its digest");
    }
    return digest;
  }

  private static String named(String name) {
    if (!name.matches(NAME)) {
      throw Problem.at(
          "name", Code.NOT_FOUND, "a plugin is named by its id, a package by its digest");
    }
    return name;
  }

  private PluginAnswer answer(String digest, Receipt receipt) {
    PluginShelf.Contents contents = shelf.read(token.get().tenant());
    return contents.packages().stream()
        .filter(entry -> entry.digest().equals(digest))
        .findFirst()
        .map(entry -> new PluginAnswer(PluginBodies.entry(contents, entry), receipt))
        .orElseThrow();
  }
}
