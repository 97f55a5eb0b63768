import type { AnalysisRequest, Area, Purpose } from "../api/contract";

/** What the form holds before it is asked. */
export interface Draft {
  capability: string;
  purpose: string;
  area: Area;
  kind: "labels" | "text";
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
  "image-search": "text",
};

const LONGEST_LABEL = 200;

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
  if (draft.kind === "labels") {
    return draft.labels.length === 0
      ? { missing: "Type at least one label." }
      : { capability, purpose, area, labels: draft.labels };
  }
  return draft.text.trim() === ""
    ? { missing: "Type a text." }
    : { capability, purpose, area, text: draft.text.trim() };
}

/** A name for people: `public_space` reads “public space”. */
export function words(name: string): string {
  return name.replace(/[-_]/g, " ");
}
