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
    const mask = { size: [2, 2], counts: "3" };
    expect(drawn([{ ...box, type: "segmentation-prompt", mask }])[0]?.mask).toBeUndefined();
  });
});

describe("a heat map", () => {
  const on = [255, 90, 0, 130];
  const off = [0, 0, 0, 0];

  it("is warm where the mask is on and clear where it is off, column by column", () => {
    // Two rows and three columns: off, off, on, on, on, off.
    expect([...heat({ size: [2, 3], counts: "231" })]).toEqual([off, on, on, off, on, off].flat());
  });

  it("reads lengths that are differences to earlier ones", () => {
    // One row: 1 off, 2 on, 1 off, 1 on.
    expect([...heat({ size: [1, 5], counts: "121O" })]).toEqual([off, on, on, off, on].flat());
  });
});
