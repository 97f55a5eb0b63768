import { describe, expect, it } from "vitest";
import type { Finding } from "../api/contract";
import { drawn, heat } from "./drawn";

const box: Finding = { type: "box", label: "cup", score: 0.9, box: [1, 2, 3, 4] };

describe("findings", () => {
  it("are drawn when they have a place, under their own number", () => {
    const shapes = drawn([{ type: "tag", label: "cat", score: 1 }, box]);
    expect(shapes).toEqual([{ index: 1, name: "cup", box: [1, 2, 3, 4], points: [], mask: undefined }]);
  });

  it("are drawn without a mask whose size does not fit", () => {
    const mask = { width: 2, height: 2, logits: [0, 0, 0] };
    expect(drawn([{ ...box, type: "segmentation-prompt", mask }])[0]?.mask).toBeUndefined();
  });
});

describe("a heat map", () => {
  it("is clear where the mask is unlikely and warm where it is likely", () => {
    const pixels = heat({ width: 2, height: 1, logits: [-20, 20] });
    expect([...pixels]).toEqual([255, 220, 0, 0, 255, 0, 0, 190]);
  });
});
