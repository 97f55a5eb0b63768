import { useEffect, useRef } from "react";
import type { Mask } from "../api/contract";
import { heat } from "./drawn";

/** A rough mask over the whole image. */
export function HeatMap({ mask }: { mask: Mask }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height = 1, width = 1] = mask.size;
  useEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(new ImageData(heat(mask), width, height), 0, 0);
  }, [mask, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className="cordon-heat"
      role="img"
      aria-label="Heat map of the mask"
    />
  );
}
