import type { Finding, Mask } from "../api/contract";

/** A finding with a place on the image, in pixels of the upright image. */
export interface Shape {
  index: number;
  name: string;
  box: [number, number, number, number] | undefined;
  points: { x: number; y: number; positive: boolean }[];
  mask: Mask | undefined;
}

// Told apart by hue and lightness, each with at least 4.5:1 against white text.
const COLOURS = ["#0066cc", "#a30d05", "#3d7317", "#6a2bb3", "#8a4d00", "#006a6a", "#9e1a6b", "#4d4d4d"];

export function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? "#0066cc";
}

/** What of the findings can be drawn; anything that is not well-formed is left out. */
export function drawn(findings: Finding[]): Shape[] {
  return findings.flatMap((finding, index) => {
    if (finding.type !== "box" && finding.type !== "segmentation-prompt") {
      return [];
    }
    return [
      {
        index,
        name: finding.label ?? "",
        box: corners(finding.box),
        points: finding.points ?? [],
        mask: finding.mask && isWhole(finding.mask) ? finding.mask : undefined,
      },
    ];
  });
}

/** RGBA of a mask, one pixel a cell: the likelier, the warmer and the less transparent. */
export function heat(mask: Mask): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * mask.width * mask.height);
  mask.logits.forEach((logit, at) => {
    const likely = 1 / (1 + Math.exp(-logit));
    pixels.set([255, Math.round(220 * (1 - likely)), 0, Math.round(190 * likely)], 4 * at);
  });
  return pixels;
}

function isWhole(mask: Mask): boolean {
  return mask.width > 0 && mask.height > 0 && mask.logits.length === mask.width * mask.height;
}

function corners(box: number[] | undefined): Shape["box"] {
  const [x, y, width, height] = box ?? [];
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? undefined
    : [x, y, width, height];
}
