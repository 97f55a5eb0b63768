import { useEffect, useRef } from "react";
import { pixels, type Heat } from "./heat";

/** A coarse mask stretched over the whole image. */
export function HeatMap({ heat }: { heat: Heat }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(new ImageData(pixels(heat), heat.width, heat.height), 0, 0);
  }, [heat]);
  return (
    <canvas
      ref={canvas}
      width={heat.width}
      height={heat.height}
      className="cordon-heat"
      role="img"
      aria-label="Heat map of the mask"
    />
  );
}
