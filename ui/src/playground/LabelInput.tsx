import {
  FormGroup,
  HelperText,
  HelperTextItem,
  Label,
  LabelGroup,
  TextInputGroup,
  TextInputGroupMain,
} from "@patternfly/react-core";
import { useState, type KeyboardEvent } from "react";
import { withLabels } from "./question";

interface Props {
  labels: string[];
  onLabels: (labels: string[]) => void;
}

/** Labels as chips: Enter or a comma adds what is typed, Backspace in an empty field takes the last away. */
export function LabelInput({ labels, onLabels }: Props) {
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    onLabels(withLabels(labels, text));
    setTyped("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "") {
      onLabels(labels.slice(0, -1));
    }
  };

  return (
    <FormGroup label="Labels" fieldId="labels">
      <TextInputGroup>
        <TextInputGroupMain
          inputId="labels"
          value={typed}
          placeholder={labels.length === 0 ? "cat, dog, teapot" : ""}
          aria-label="Labels"
          inputProps={{ "aria-describedby": "labels-help", autoComplete: "off" }}
          onChange={(_, text) => (/[,;\n]/.test(text) ? add(text) : setTyped(text))}
          onKeyDown={press}
          onBlur={() => typed.trim() !== "" && add(typed)}
        >
          {labels.length > 0 && (
            <LabelGroup aria-label="Labels to ask about" numLabels={labels.length}>
              {labels.map((label) => (
                <Label
                  key={label}
                  variant="outline"
                  onClose={() => onLabels(labels.filter((kept) => kept !== label))}
                  closeBtnAriaLabel={`Remove ${label}`}
                >
                  {label}
                </Label>
              ))}
            </LabelGroup>
          )}
        </TextInputGroupMain>
      </TextInputGroup>
      <HelperText>
        <HelperTextItem id="labels-help">Enter or a comma adds a label.</HelperTextItem>
      </HelperText>
    </FormGroup>
  );
}
