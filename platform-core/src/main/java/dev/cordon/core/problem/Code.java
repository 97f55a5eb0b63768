package dev.cordon.core.problem;

/**
 * The one table of codes that the host itself gives: HTTP status, title and whether a decision had
 * begun, so that an audit leaf is due. Denials of the policy carry the code of the deciding rule
 * instead and are always 403.
 */
public enum Code {
  INVALID_REQUEST(400, "the request is not valid"),
  UNAUTHENTICATED(401, "a valid bearer token is needed"),
  ROLE_MISSING(403, "the caller's roles do not allow this"),
  TENANT_MISSING(403, "the token names no tenant"),
  OBLIGATION_UNFULFILLABLE(403, "the host cannot do what the policy asks for"),
  ROUTE_FORBIDDEN(403, "the target may not take this call"),
  LICENCE_REFUSED(403, "the tenant does not allow the model's licence"),
  FOUR_EYES(403, "another person must do this"),
  NOT_FOUND(404, "there is nothing at this address"),
  PURPOSE_MISMATCH(403, "the collection is for another purpose"),
  CAPABILITY_UNKNOWN(404, "no plugin offers this capability"),
  METHOD_NOT_ALLOWED(405, "this address does not take this method"),
  NOT_ACCEPTABLE(406, "the answer cannot be given in an accepted media type"),
  CONFLICT(409, "the state of the thing does not allow this"),
  COLLECTION_STALE(409, "the collection's vectors are of another model"),
  TOO_LARGE(413, "the request is too large"),
  MEDIA_TYPE_UNSUPPORTED(415, "the request's media type is not supported"),
  IMAGE_UNSUPPORTED(415, "the image's format is not supported"),
  IMAGE_INVALID(422, "the image cannot be decoded"),
  MODEL_REFUSED(422, "the model package is refused"),
  PLUGIN_REFUSED(422, "the plugin package is refused"),
  EVALUATION_REFUSED(422, "the evaluation is refused"),
  QUESTION_UNANSWERABLE(422, "the question cannot be answered as asked"),
  BUDGET_EXHAUSTED(429, "the tenant's budget for targets is spent"),
  INTERNAL(500, "the host failed"),
  AUDIT_UNAVAILABLE(503, "the audit log cannot be written, so nothing is released"),
  COLLECTION_UNAVAILABLE(503, "the collection cannot be opened"),
  MODEL_UNAVAILABLE(503, "the model cannot answer now"),
  PLUGIN_UNAVAILABLE(503, "the plugin does not answer now"),
  TARGET_UNAVAILABLE(503, "the target that the call is pinned to cannot answer now"),
  OVERLOADED(503, "the host has too much to do");

  private final int status;
  private final String title;

  Code(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }
}
