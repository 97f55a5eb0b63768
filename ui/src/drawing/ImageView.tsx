import { useEffect, useState } from "react";
import type { Shape } from "./drawn";
import { HeatMap } from "./HeatMap";
import { Overlay } from "./Overlay";

interface Props {
  image: File;
  shapes: Shape[];
  /** The only finding to draw; all of them when there is none. */
  focus: number | undefined;
}

/** The user's own image, upright as the host sees it, with findings drawn on it. */
export function ImageView({ image, shapes, focus }: Props) {
  const [address, setAddress] = useState<string>();
  const [size, setSize] = useState<{ width: number; height: number }>();
  useEffect(() => {
    const made = URL.createObjectURL(image);
    setAddress(made);
    setSize(undefined);
    return () => URL.revokeObjectURL(made);
  }, [image]);

  const shown = shapes.filter((shape) => focus === undefined || shape.index === focus);
  const heat = shown.find((shape) => shape.heat !== undefined)?.heat;
  return (
    <figure className="cordon-image">
      <div className="cordon-stage">
        {address && (
          <img
            src={address}
            alt="The image you chose"
            onLoad={(event) =>
              setSize({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })
            }
            onError={() => setSize(undefined)}
          />
        )}
        {size && heat && <HeatMap heat={heat} />}
        {size && shown.length > 0 && <Overlay width={size.width} height={size.height} shapes={shown} />}
      </div>
    </figure>
  );
}
