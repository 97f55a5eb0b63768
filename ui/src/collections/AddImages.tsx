import { FormGroup } from "@patternfly/react-core";
import { useState } from "react";
import type { Receipt } from "../api/contract";
import { itemName } from "./items";

/** An image that was kept, with the receipt of its leaf. */
export interface Added {
  name: string;
  receipt: Receipt;
}

interface Props {
  onAdd: (file: File, name: string) => Promise<Added | undefined>;
}

/** Adds images one after the other, each under a name made of its file's. */
export function AddImages({ onAdd }: Props) {
  const [added, setAdded] = useState<Added[]>([]);
  const [busy, setBusy] = useState("");

  const addAll = async (files: File[]) => {
    for (const file of files) {
      const name = itemName(file.name);
      setBusy(`Adding ${name}…`);
      const kept = await onAdd(file, name);
      if (!kept) {
        break;
      }
      setAdded((had) => [...had.filter((one) => one.name !== name), kept]);
    }
    setBusy("");
  };

  return (
    <FormGroup label="Add images" fieldId="add">
      <div className="cordon-drop">
        <p id="add-help">JPEG, PNG or WebP; several at once</p>
        <input
          id="add"
          type="file"
          multiple
          accept="image/jpeg,image/png,image/webp"
          aria-describedby="add-help"
          className="cordon-file"
          disabled={busy !== ""}
          onChange={(event) => {
            void addAll([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <label htmlFor="add" className="pf-v6-c-button pf-m-secondary pf-m-small">
          Choose files
        </label>
      </div>
      <p role="status" aria-live="polite">
        {busy || (added.length > 0 && `${added.length} added`)}
      </p>
      <ul className="cordon-findings" aria-label="Added">
        {added.map((one) => (
          <li key={one.name}>
            {one.name} <span className="cordon-soft">leaf {one.receipt.index}</span>
          </li>
        ))}
      </ul>
    </FormGroup>
  );
}
