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

/** RGBA of a mask, row by row: warm where it is on, clear where it is off. */
export function heat(mask: Mask): Uint8ClampedArray<ArrayBuffer> {
  const [height = 0, width = 0] = mask.size;
  const pixels = new Uint8ClampedArray(4 * width * height);
  let at = 0;
  runs(mask.counts).forEach((length, turn) => {
    for (const end = at + length; at < end; at++) {
      // Runs go column by column, off and on in turn.
      if (turn % 2 === 1) {
        pixels.set([255, 90, 0, 130], 4 * ((at % height) * width + Math.floor(at / height)));
      }
    }
  });
  return pixels;
}

/** Five bits a character, the lowest first; from the third on the difference to the one before the last. */
function runs(counts: string): number[] {
  const lengths: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of counts) {
    const bits = character.charCodeAt(0) - 48;
    value |= (bits & 0x1f) << shift;
    shift += 5;
    if ((bits & 0x20) === 0) {
      const signed = bits & 0x10 && shift < 32 ? value | (-1 << shift) : value;
      lengths.push(signed + (lengths.length > 2 ? (lengths.at(-2) ?? 0) : 0));
      value = 0;
      shift = 0;
    }
  }
  return lengths;
}

function isWhole(mask: Mask): boolean {
  const [height = 0, width = 0] = mask.size;
  const lengths = runs(mask.counts);
  const sum = lengths.reduce((all, length) => all + length, 0);
  return width > 0 && height > 0 && lengths.every((length) => length >= 0) && sum === width * height;
}

function corners(box: number[] | undefined): Shape["box"] {
  const [x, y, width, height] = box ?? [];
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? undefined
    : [x, y, width, height];
}
