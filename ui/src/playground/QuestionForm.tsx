import {
  ActionGroup,
  Button,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextArea,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import type { Offer } from "../identity/useSession";
import { ImageDrop } from "./ImageDrop";
import { LabelInput } from "./LabelInput";
import { areasOf, KINDS, kindsOf, purposesFor, words, type Draft } from "./question";

interface Props {
  offer: Offer;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  image: File | undefined;
  onImage: (image: File | undefined) => void;
  missing: string | undefined;
  busy: boolean;
  onAsk: () => void;
}

/** The question: an image, what is asked, and what for. */
export function QuestionForm({ offer, draft, onDraft, image, onImage, missing, busy, onAsk }: Props) {
  const change = (part: Partial<Draft>) => onDraft({ ...draft, ...part });
  const purposes = purposesFor(draft.capability, offer.purposes);
  const areas = areasOf(purposes.find((purpose) => purpose.id === draft.purpose));

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <ImageDrop image={image} onImage={onImage} />
      <Choice
        id="capability"
        label="Capability"
        value={draft.capability}
        options={offer.plugins.map((plugin) => plugin.capability)}
        onChange={(capability) => change({ capability, kind: KINDS[capability] ?? "labels" })}
      />
      <div className="cordon-pair">
        <Choice
          id="purpose"
          label="Purpose"
          value={draft.purpose}
          options={purposes.map((purpose) => purpose.id)}
          onChange={(purpose) => change({ purpose })}
        />
        <Choice
          id="area"
          label="Area"
          value={draft.area}
          options={areas}
          onChange={(area) => change({ area })}
        />
      </div>
      <FormGroup label="Ask with" role="group" fieldId="kind">
        <ToggleGroup aria-label="What to ask with">
          {kindsOf(draft.capability).map((kind) => (
            <ToggleGroupItem
              key={kind}
              text={KIND_NAMES[kind]}
              buttonId={`kind-${kind}`}
              isSelected={draft.kind === kind}
              onChange={() => change({ kind })}
            />
          ))}
        </ToggleGroup>
      </FormGroup>
      {draft.kind === "labels" && <LabelInput labels={draft.labels} onLabels={(labels) => change({ labels })} />}
      {draft.kind === "text" && (
        <FormGroup label="Text" fieldId="text">
          <TextArea
            id="text"
            value={draft.text}
            maxLength={1000}
            resizeOrientation="vertical"
            onChange={(_, text) => change({ text })}
          />
        </FormGroup>
      )}
      <ActionGroup>
        <Button type="submit" isLoading={busy} isDisabled={busy} spinnerAriaLabel="waiting for the answer">
          {busy ? "Asking…" : "Ask"}
        </Button>
      </ActionGroup>
      {missing && (
        <HelperText isLiveRegion>
          <HelperTextItem variant="warning">{missing}</HelperTextItem>
        </HelperText>
      )}
    </Form>
  );
}

const KIND_NAMES: Record<Draft["kind"], string> = { labels: "Labels", text: "Text", caption: "A caption" };

interface ChoiceProps<T extends string> {
  id: string;
  label: string;
  value: T;
  options: T[];
  onChange: (value: T) => void;
}

function Choice<T extends string>({ id, label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <FormGroup label={label} fieldId={id}>
      <FormSelect id={id} value={value} onChange={(_, chosen) => onChange(chosen as T)}>
        {options.map((option) => (
          <FormSelectOption key={option} value={option} label={words(option)} />
        ))}
      </FormSelect>
    </FormGroup>
  );
}
