import { ActionGroup, Button, Card, CardBody, CardTitle, Form, FormGroup, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import type { AnalysisAnswer, Collection, Receipt } from "../api/contract";
import type { Host } from "../api/host";
import { ImageDrop } from "../playground/ImageDrop";
import { ReceiptPanel } from "../playground/ReceiptPanel";
import type { Attempt } from "./Collections";
import { Matches } from "./Matches";

interface Props {
  host: Host;
  attempt: Attempt;
  collection: Collection;
  pictureOf: (item: string) => string | undefined;
  onErase: (item: string) => Promise<Receipt | undefined>;
}

/** Searches by words or by an image; what matches comes with its score and the search's receipt. */
export function SearchPanel({ host, attempt, collection, pictureOf, onErase }: Props) {
  const [text, setText] = useState("");
  const [image, setImage] = useState<File>();
  const [answer, setAnswer] = useState<AnalysisAnswer>();
  const [gone, setGone] = useState<string[]>([]);
  const [said, setSaid] = useState("");

  const search = async (ask: (host: Host) => Promise<AnalysisAnswer>) => {
    setSaid("Searching.");
    const found = await attempt(ask);
    setAnswer(found);
    setGone([]);
    setSaid(found ? `${found.findings.length} ${found.findings.length === 1 ? "match" : "matches"}.` : "Refused.");
  };
  const byImage = (next: File | undefined) => {
    setImage(next);
    if (next) {
      void search((asked) => asked.searchByImage(collection, next));
    }
  };
  const erase = async (item: string) => {
    const receipt = await onErase(item);
    if (receipt) {
      setGone((had) => [...had, item]);
      setSaid(`${item} is erased, leaf ${receipt.index}.`);
    }
  };
  const matches = (answer?.findings ?? []).filter((finding) => !gone.includes(finding.item ?? ""));

  return (
    <Card component="section" aria-label="Search">
      <CardTitle component="h2">Search</CardTitle>
      <CardBody className="cordon-answer">
        <Form
          aria-label="Search by text"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== "") {
              void search((asked) => asked.searchByText(collection, text.trim()));
            }
          }}
        >
          <FormGroup label="What a text describes" fieldId="search-text">
            <TextInput id="search-text" value={text} maxLength={1000} onChange={(_, typed) => setText(typed)} />
          </FormGroup>
          <ActionGroup>
            <Button type="submit">Search</Button>
          </ActionGroup>
        </Form>
        <ImageDrop image={image} onImage={byImage} label="What looks like an image" />
        <p role="status" aria-live="polite">
          {said}
        </p>
        {answer && (
          <>
            <Matches matches={matches} pictureOf={pictureOf} onErase={(item) => void erase(item)} />
            <ReceiptPanel key={answer.receipt.leafHash} receipt={answer.receipt} host={host} />
          </>
        )}
      </CardBody>
    </Card>
  );
}
