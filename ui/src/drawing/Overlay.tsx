import { colour, type Shape } from "./drawn";

interface Props {
  width: number;
  height: number;
  shapes: Shape[];
}

/** Boxes and prompt points over an image of that size; the list beside it says the same in words. */
export function Overlay({ width, height, shapes }: Props) {
  const unit = Math.max(width, height) / 100;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="cordon-overlay" role="img" aria-label={said(shapes)}>
      {shapes.map((shape) => (
        <g key={shape.index} data-finding={shape.index + 1}>
          {shape.box && <Frame box={shape.box} index={shape.index} unit={unit} />}
          {shape.points.map((point, at) => (
            <Point key={at} point={point} unit={unit} />
          ))}
        </g>
      ))}
    </svg>
  );
}

interface FrameProps {
  box: NonNullable<Shape["box"]>;
  index: number;
  unit: number;
}

function Frame({ box: [x, y, width, height], index, unit }: FrameProps) {
  const side = 4.4 * unit;
  return (
    <>
      <rect x={x} y={y} width={width} height={height} fill="none" stroke="#fff" strokeWidth={unit} />
      <rect x={x} y={y} width={width} height={height} fill="none" stroke={colour(index)} strokeWidth={0.6 * unit} />
      <rect x={x} y={y} width={side} height={side} fill={colour(index)} />
      <text x={x + side / 2} y={y + side / 2} fontSize={3 * unit} className="cordon-overlay__number">
        {index + 1}
      </text>
    </>
  );
}

/** Plus on the thing, minus off it: told apart by shape as well as colour. */
function Point({ point: { x, y, positive }, unit }: { point: Shape["points"][number]; unit: number }) {
  const arm = 0.9 * unit;
  const line = { stroke: "#fff", strokeWidth: 0.45 * unit };
  return (
    <g data-point={positive ? "positive" : "negative"}>
      <circle cx={x} cy={y} r={1.6 * unit} fill={positive ? "#3d7317" : "#a30d05"} stroke="#fff" strokeWidth={0.35 * unit} />
      <line x1={x - arm} y1={y} x2={x + arm} y2={y} {...line} />
      {positive && <line x1={x} y1={y - arm} x2={x} y2={y + arm} {...line} />}
    </g>
  );
}

function said(shapes: Shape[]): string {
  const points = shapes.flatMap((shape) => shape.points);
  const boxes = shapes.filter((shape) => shape.box).length;
  return `Drawn on the image: ${boxes} boxes and ${points.length} points`;
}
