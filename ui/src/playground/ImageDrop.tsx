import { FormGroup } from "@patternfly/react-core";
import UploadIcon from "@patternfly/react-icons/dist/esm/icons/upload-icon";
import { useEffect, useState } from "react";

interface Props {
  image: File | undefined;
  onImage: (image: File | undefined) => void;
  label?: string;
}

const TYPES = "image/jpeg,image/png,image/webp";

/** Takes one image: dropped, pasted, or chosen by mouse or keyboard. */
export function ImageDrop({ image, onImage, label = "Image" }: Props) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const file = files?.item(0);
    if (file) {
      onImage(file);
    }
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent) => take(event.clipboardData?.files);
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  });

  return (
    <FormGroup label={label} fieldId="image">
      <div
        className={`cordon-drop${over ? " cordon-drop--over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <UploadIcon aria-hidden />
        <p id="image-help">
          {image ? (
            <>
              <strong>{image.name}</strong> <span className="cordon-soft">{size(image.size)}</span>
            </>
          ) : (
            "Drop a photograph here, paste one, or"
          )}
        </p>
        <input
          id="image"
          type="file"
          accept={TYPES}
          aria-describedby="image-help"
          className="cordon-file"
          onChange={(event) => {
            take(event.target.files);
            // The same file can be chosen again after it has changed on disk.
            event.target.value = "";
          }}
        />
        <label htmlFor="image" className="pf-v6-c-button pf-m-secondary pf-m-small">
          {image ? "Choose another" : "Choose a file"}
        </label>
      </div>
    </FormGroup>
  );
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
