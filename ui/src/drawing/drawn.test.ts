import { describe, expect, it } from "vitest";
import type { Finding } from "../api/contract";
import { drawn } from "./drawn";
import { heatOfLogits, heatOfRuns, pixels } from "./heat";

const box: Finding = { type: "box", label: "cup", score: 0.9, box: [1, 2, 3, 4] };

describe("findings", () => {
  it("are drawn when they have a place, under their own number", () => {
    const shapes = drawn([{ type: "tag", label: "cat", score: 1 }, box]);
    expect(shapes).toEqual([{ index: 1, name: "cup", box: [1, 2, 3, 4], points: [], heat: undefined }]);
  });

  it("are drawn with the logits of their mask, or else its outline, or else neither", () => {
    const sam = { point_coords: [], point_labels: [], mask_input: [[[[0]]]], has_mask_input: [1 as const], orig_im_size: [9, 9] };
    const mask = { size: [2, 2], counts: "013" };
    const heatOf = (more: Partial<Finding>) => drawn([{ ...box, type: "segmentation-prompt", ...more }])[0]?.heat;
    expect(heatOf({ sam, mask })?.likely).toEqual([0.5]);
    expect(heatOf({ mask })?.likely).toEqual([1, 0, 0, 0]);
    expect(heatOf({ mask: { size: [2, 2], counts: "04" } })?.likely).toEqual([1, 1, 1, 1]);
    expect(heatOf({ mask: { size: [2, 2], counts: "05" } })).toBeUndefined();
    expect(heatOf({ mask: {} as never, sam: {} as never })).toBeUndefined();
  });
});

describe("a segmenter's frame", () => {
  it("loses its padding", () => {
    const row = [20, -20, -20, -20];
    const wide = heatOfLogits({ mask_input: [[[row, row, row, row]]], orig_im_size: [100, 200] });
    expect([wide?.width, wide?.height]).toEqual([4, 2]);
    const tall = heatOfLogits({ mask_input: [[[row, row, row, row]]], orig_im_size: [200, 100] });
    expect([tall?.width, tall?.height]).toEqual([2, 4]);
    expect(tall?.likely.map(Math.round)).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
  });

  it("is left out when it is no square", () => {
    expect(heatOfLogits({ mask_input: [[[[1, 2], [3]]]], orig_im_size: [2, 2] })).toBeUndefined();
    expect(heatOfLogits({ mask_input: [], orig_im_size: [2, 2] })).toBeUndefined();
  });
});

describe("a run-length mask", () => {
  /** What pycocotools writes for a 300 x 400 mask with the rows 100 to 199 of the columns 50 to 149 set. */
  const counts = [15100, ...Array.from({ length: 99 }, () => [100, 200]).flat(), 100, 75100];

  it("is read down its columns", () => {
    const heat = heatOfRuns({ size: [300, 400], counts: encoded(counts) });
    expect([heat?.width, heat?.height]).toEqual([256, 192]);
    const at = (x: number, y: number) => heat?.likely[y * 256 + x];
    expect([at(32, 64), at(95, 127), at(31, 64), at(32, 63), at(96, 127), at(95, 128)]).toEqual([1, 1, 0, 0, 0, 0]);
    expect(heat?.likely.filter((likely) => likely === 1)).toHaveLength(64 * 64);
  });

  it("is left out when its runs do not fill the image", () => {
    expect(heatOfRuns({ size: [300, 401], counts: encoded(counts) })).toBeUndefined();
  });
});

describe("a heat map", () => {
  it("is clear where the mask is unlikely and warm where it is likely", () => {
    expect([...pixels({ width: 2, height: 1, likely: [0, 1] })]).toEqual([255, 220, 0, 0, 255, 0, 0, 190]);
  });
});

function encoded(runs: number[]): string {
  return runs.map((run, at) => digits(at > 2 ? run - (runs[at - 2] ?? 0) : run)).join("");
}

function digits(value: number): string {
  const bits = value & 0x1f;
  const rest = value >> 5;
  const more = (bits & 0x10) === 0 ? rest !== 0 : rest !== -1;
  return String.fromCharCode(48 + (more ? bits | 0x20 : bits)) + (more ? digits(rest) : "");
}
