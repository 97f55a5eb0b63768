import type { Finding } from "../api/contract";
import { heatOfLogits, heatOfRuns, type Heat } from "./heat";

/** A finding with a place on the image, in pixels of the upright image. */
export interface Shape {
  index: number;
  name: string;
  box: [number, number, number, number] | undefined;
  points: { x: number; y: number; positive: boolean }[];
  heat: Heat | undefined;
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
        heat: heatOf(finding),
      },
    ];
  });
}

/** Logits where there are some, or else the outline that follows from them. */
function heatOf({ sam, mask }: Finding): Heat | undefined {
  return (sam && heatOfLogits(sam)) ?? (mask && heatOfRuns(mask));
}

function corners(box: number[] | undefined): Shape["box"] {
  const [x, y, width, height] = box ?? [];
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? undefined
    : [x, y, width, height];
}
