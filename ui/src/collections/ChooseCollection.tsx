import { ActionGroup, Button, Form, FormGroup, FormSelect, FormSelectOption, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import type { Collection, Receipt } from "../api/contract";
import type { Offer } from "../identity/useSession";
import { purposesFor, words } from "../playground/question";

interface Props {
  offer: Offer;
  collections: Collection[];
  chosen: Collection | undefined;
  onChoose: (id: string) => void;
  onCreate: (name: string, purpose: string) => Promise<Receipt | undefined>;
}

/** Which collection the page is about, and a form for a new one. */
export function ChooseCollection({ offer, collections, chosen, onChoose, onCreate }: Props) {
  const purposes = purposesFor("image-search", offer.purposes);
  const [name, setName] = useState("");
  const [purpose, setPurpose] = useState(purposes[0]?.id ?? "");
  const [said, setSaid] = useState("");

  const create = async () => {
    const receipt = await onCreate(name.trim(), purpose);
    setSaid(receipt ? `Created, leaf ${receipt.index}.` : "");
    if (receipt) {
      setName("");
    }
  };

  return (
    <>
      <FormGroup label="Collection" fieldId="collection">
        <FormSelect
          id="collection"
          value={chosen?.id ?? ""}
          isDisabled={collections.length === 0}
          onChange={(_, id) => onChoose(id)}
        >
          {collections.length === 0 && <FormSelectOption value="" label="there is none yet" />}
          {collections.map((known) => (
            <FormSelectOption key={known.id} value={known.id} label={known.id} />
          ))}
        </FormSelect>
      </FormGroup>
      {chosen && (
        <p className="cordon-soft">
          {chosen.items} {chosen.items === 1 ? "item" : "items"}, {chosen.state}, for {words(chosen.purpose)}
          {chosen.waiting > 0 && `; ${chosen.waiting} to be sent again`}
        </p>
      )}
      <Form
        aria-label="New collection"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <div className="cordon-pair">
          <FormGroup label="New collection" fieldId="new-name">
            <TextInput
              id="new-name"
              value={name}
              maxLength={64}
              placeholder="a name, or none"
              onChange={(_, typed) => setName(typed)}
            />
          </FormGroup>
          <FormGroup label="Purpose" fieldId="new-purpose">
            <FormSelect id="new-purpose" value={purpose} onChange={(_, id) => setPurpose(id)}>
              {purposes.map((known) => (
                <FormSelectOption key={known.id} value={known.id} label={words(known.id)} />
              ))}
            </FormSelect>
          </FormGroup>
        </div>
        <ActionGroup>
          <Button type="submit" variant="secondary">
            Create
          </Button>
        </ActionGroup>
      </Form>
      <p role="status" aria-live="polite">
        {said}
      </p>
    </>
  );
}
