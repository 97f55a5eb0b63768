import { useEffect, useRef } from "react";
import type { Mask } from "../api/contract";
import { heat } from "./drawn";

/** A coarse mask stretched over the whole image. */
export function HeatMap({ mask }: { mask: Mask }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(new ImageData(heat(mask), mask.width, mask.height), 0, 0);
  }, [mask]);
  return (
    <canvas
      ref={canvas}
      width={mask.width}
      height={mask.height}
      className="cordon-heat"
      role="img"
      aria-label="Heat map of the mask"
    />
  );
}
