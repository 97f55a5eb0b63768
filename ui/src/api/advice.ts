import type { Problem } from "./contract";

const ADVICE: Record<string, string> = {
  UNREACHABLE: "See whether the host is still running (./cordon run), then ask again.",
  UNAUTHENTICATED: "The token is missing or has expired. Give a new one, or reload the page on the demo identity.",
  ROLE_MISSING: "Ask an administrator for the role caller, or use a token that has it.",
  TENANT_MISSING: "Use a token that names a tenant.",
  CAPABILITY_UNKNOWN: "Choose a capability that this host offers, or have its plugin installed.",
  PURPOSE_UNKNOWN: "Choose a purpose and an area that are registered for your tenant.",
  CONSENT_MISSING: "Record a consent of the named subject (POST /v1/consents), or ask without a subject.",
  INVALID_REQUEST: "Change the field that is named and ask again.",
  TOO_LARGE: "Choose a smaller image: 20 MB at most, unless the host was set otherwise.",
  IMAGE_UNSUPPORTED: "Choose a JPEG, PNG or WebP file.",
  IMAGE_INVALID: "The file is damaged or is no image. Save it again from an image editor, or choose another.",
  QUESTION_UNANSWERABLE: "Put the question as the detail says: labels or a text, as this capability takes them.",
  MODEL_UNAVAILABLE: "Wait a moment and ask again. If it stays so, a model steward has to review the served package.",
  AUDIT_UNAVAILABLE: "Nothing is released while the log cannot be written. Ask the operator to bring the database back.",
  INTERNAL: "Ask again. If it stays so, give the operator the time of this answer.",
};

const OF_A_POLICY = "The policy decides this, not the model. Ask another question, or for another registered purpose or area.";

/** What a person can do next about a problem. */
export function advice(problem: Problem): string {
  return ADVICE[problem.code] ?? (problem.decision ? OF_A_POLICY : "See the API contract at /q/openapi.");
}
