import type { AnalysisRequest, Area, Purpose } from "../api/contract";

/** What the form holds before it is asked. */
export interface Draft {
  capability: string;
  purpose: string;
  area: Area;
  kind: "labels" | "text" | "caption";
  labels: string[];
  text: string;
}

export const AREAS: Area[] = [
  "home", "retail", "warehouse", "workplace", "education", "healthcare", "manufacturing", "public_space",
  "employment", "credit", "law_enforcement", "unknown",
];

/** The kind of question a shipped capability is made for; others are left to the user. */
export const KINDS: Record<string, Draft["kind"]> = {
  "image-tagging": "labels",
  "object-detection": "labels",
  "segmentation-prompts": "labels",
};

const LONGEST_LABEL = 200;

/** Asks for the logits of each mask too, which the heat map shows; a field of the contract that brings the capability. */
const WITH_LOGITS: Record<string, object> = { "segmentation-prompts": { options: { format: "sam" } } };

/** The kinds of question that can be put to a capability. */
export function kindsOf(capability: string): Draft["kind"][] {
  return capability === "image-tagging" ? ["labels", "text", "caption"] : ["labels", "text"];
}

/** Areas that a purpose is registered for; all of them when it names none. */
export function areasOf(purpose: Purpose | undefined): Area[] {
  return purpose && purpose.areas.length > 0 ? AREAS.filter((area) => purpose.areas.includes(area)) : AREAS;
}

export function purposesFor(capability: string, purposes: Purpose[]): Purpose[] {
  return purposes.filter((purpose) => purpose.capabilities.includes(capability));
}

/** Labels with the typed ones added: split at commas and lines, trimmed, each once. */
export function withLabels(labels: string[], typed: string): string[] {
  const added = typed
    .split(/[,;\n]/)
    .map((label) => label.trim().slice(0, LONGEST_LABEL))
    .filter((label) => label !== "");
  return [...new Set([...labels, ...added])];
}

/** The request of a draft, or what it still lacks. */
export function requestOf(draft: Draft): AnalysisRequest | { missing: string } {
  const { capability, purpose, area } = draft;
  if (capability === "" || purpose === "") {
    return { missing: "Choose a capability and a purpose." };
  }
  const about = { capability, purpose, area, ...WITH_LOGITS[capability] };
  switch (draft.kind) {
    case "labels":
      return draft.labels.length === 0 ? { missing: "Type at least one label." } : { ...about, labels: draft.labels };
    case "text":
      return draft.text.trim() === "" ? { missing: "Type a text." } : { ...about, text: draft.text.trim() };
    case "caption":
      return { ...about, options: { mode: "caption" } };
  }
}

/** A name for people: `public_space` reads “public space”. */
export function words(name: string): string {
  return name.replace(/[-_]/g, " ");
}
