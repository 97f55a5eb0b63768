import type { RunLengthMask, SamMask } from "../api/contract";

/** How likely each cell of a coarse grid over the whole image belongs to the thing, row by row from the top. */
export interface Heat {
  width: number;
  height: number;
  likely: number[];
}

const LONGER_SIDE = 256;

/** The logits of a segmenter's frame without its padding; undefined when they are not well-formed. */
export function heatOfLogits({ mask_input, orig_im_size }: SamMask): Heat | undefined {
  const rows = mask_input?.[0]?.[0];
  const [imageHeight, imageWidth] = orig_im_size ?? [];
  const side = rows?.length ?? 0;
  if (!rows || !imageHeight || !imageWidth || rows.some((row) => row.length !== side)) {
    return undefined;
  }
  const { width, height } = scaled(imageWidth, imageHeight, side);
  const likely = rows.slice(0, height).flatMap((row) => row.slice(0, width).map((logit) => 1 / (1 + Math.exp(-logit))));
  return { width, height, likely };
}

/** A run-length mask looked at in the middle of each cell; undefined when it is not well-formed. */
export function heatOfRuns({ size, counts }: RunLengthMask): Heat | undefined {
  const [imageHeight, imageWidth] = size ?? [];
  const runs = lengths(counts ?? "");
  if (!imageHeight || !imageWidth || runs.some((run) => run < 0)) {
    return undefined;
  }
  const ends: number[] = [];
  let end = 0;
  for (const run of runs) {
    ends.push((end += run));
  }
  if (end !== imageHeight * imageWidth) {
    return undefined;
  }
  // Never more cells than pixels, so that the walk below only ever goes on.
  const longer = Math.min(LONGER_SIDE, Math.max(imageWidth, imageHeight));
  const { width, height } = scaled(imageWidth, imageHeight, longer);
  const likely = new Array<number>(width * height).fill(0);
  let at = 0;
  // Runs go down one column after the other, and so does this walk.
  for (let x = 0; x < width; x++) {
    const column = middle(x, width, imageWidth) * imageHeight;
    for (let y = 0; y < height; y++) {
      const pixel = column + middle(y, height, imageHeight);
      while ((ends[at] ?? Infinity) <= pixel) {
        at++;
      }
      likely[y * width + x] = at % 2;
    }
  }
  return { width, height, likely };
}

/** RGBA, one pixel a cell: the likelier, the warmer and the less transparent. */
export function pixels(heat: Heat): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * heat.width * heat.height);
  heat.likely.forEach((likely, at) => {
    rgba.set([255, Math.round(220 * (1 - likely)), 0, Math.round(190 * likely)], 4 * at);
  });
  return rgba;
}

function scaled(width: number, height: number, longer: number) {
  const scale = longer / Math.max(width, height);
  const side = (length: number) => Math.min(Math.max(1, Math.round(length * scale)), longer);
  return { width: side(width), height: side(height) };
}

function middle(cell: number, cells: number, length: number): number {
  return Math.floor(((cell + 0.5) * length) / cells);
}

/** Lengths of runs of 0 and 1 in turn: five bits a character, and from the fourth on the change from the last but one. */
function lengths(counts: string): number[] {
  const runs: number[] = [];
  for (let at = 0; at < counts.length; ) {
    let value = 0;
    let shift = 0;
    let bits: number;
    do {
      bits = counts.charCodeAt(at++) - 48;
      value |= (bits & 0x1f) << shift;
      shift += 5;
    } while ((bits & 0x20) !== 0 && at < counts.length);
    if ((bits & 0x10) !== 0 && shift < 32) {
      value |= -1 << shift;
    }
    runs.push(runs.length > 2 ? value + (runs[runs.length - 2] ?? 0) : value);
  }
  return runs;
}
