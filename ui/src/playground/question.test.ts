import { describe, expect, it } from "vitest";
import type { Purpose } from "../api/contract";
import { AREAS, areasOf, purposesFor, requestOf, withLabels, type Draft } from "./question";

const stock: Purpose = { id: "stock", areas: ["warehouse", "retail"], capabilities: ["image-tagging"], legalBasis: "consent" };
const draft: Draft = {
  capability: "image-tagging",
  purpose: "stock",
  area: "retail",
  kind: "labels",
  labels: ["cat"],
  text: " a cat ",
};

describe("labels", () => {
  it("are split, trimmed and kept once", () => {
    expect(withLabels(["cat"], " dog, cat;\nred  cup ,,")).toEqual(["cat", "dog", "red  cup"]);
  });
});

describe("a purpose", () => {
  it("offers its own areas, and all when it names none", () => {
    expect(areasOf(stock)).toEqual(["retail", "warehouse"]);
    expect(areasOf({ ...stock, areas: [] })).toEqual(AREAS);
  });

  it("is offered for its capabilities only", () => {
    expect(purposesFor("image-tagging", [stock])).toEqual([stock]);
    expect(purposesFor("image-search", [stock])).toEqual([]);
  });
});

describe("a request", () => {
  it("holds labels or a text, never both", () => {
    expect(requestOf(draft)).toEqual({ capability: "image-tagging", purpose: "stock", area: "retail", labels: ["cat"] });
    expect(requestOf({ ...draft, kind: "text" })).toEqual({
      capability: "image-tagging",
      purpose: "stock",
      area: "retail",
      text: "a cat",
    });
  });

  it("for a caption needs no words", () => {
    expect(requestOf({ ...draft, kind: "caption", labels: [], text: "" })).toEqual({
      capability: "image-tagging",
      purpose: "stock",
      area: "retail",
      options: { mode: "caption" },
    });
  });

  it("for prompts asks for their logits too", () => {
    expect(requestOf({ ...draft, capability: "segmentation-prompts" })).toHaveProperty("options", { format: "sam" });
  });

  it("says what it lacks", () => {
    expect(requestOf({ ...draft, labels: [] })).toHaveProperty("missing");
    expect(requestOf({ ...draft, kind: "text", text: " " })).toHaveProperty("missing");
    expect(requestOf({ ...draft, purpose: "" })).toHaveProperty("missing");
  });
});
