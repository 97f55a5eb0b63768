import { Card, CardBody, CardTitle, Content, Title } from "@patternfly/react-core";
import { useState } from "react";
import { Refused, type Host } from "../api/host";
import type { Offer } from "../identity/useSession";
import { AnswerPanel, type Outcome } from "./AnswerPanel";
import { areasOf, KINDS, purposesFor, requestOf, type Draft } from "./question";
import { QuestionForm } from "./QuestionForm";

interface Props {
  host: Host;
  offer: Offer;
  onExpired: () => Promise<Host | undefined>;
}

/** One image, one question, one governed answer. */
export function Playground({ host, offer, onExpired }: Props) {
  const [draft, setDraft] = useState(() => settled(first(offer), offer));
  const [image, setImage] = useState<File>();
  const [missing, setMissing] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>({ state: "none" });

  const choose = (next: File | undefined) => {
    setImage(next);
    setOutcome({ state: "none" });
  };
  const ask = async () => {
    const request = requestOf(draft);
    const lack = image === undefined ? "Choose an image." : "missing" in request ? request.missing : undefined;
    setMissing(lack);
    if (image === undefined || "missing" in request) {
      return;
    }
    setOutcome({ state: "asking" });
    setOutcome(await answer(host, image, request, onExpired));
  };

  return (
    <>
      <Title headingLevel="h1" className="cordon-title">
        Ask about an image
      </Title>
      <Content component="p" className="cordon-lead">
        Every question passes the policy first, and every answer is on record: it comes with a receipt that you can verify.
      </Content>
      <div className="cordon-columns">
        <Card component="section" aria-label="Question">
          <CardTitle component="h2">Question</CardTitle>
          <CardBody>
            <QuestionForm
              offer={offer}
              draft={draft}
              onDraft={(next) => setDraft(settled(next, offer))}
              image={image}
              onImage={choose}
              missing={missing}
              busy={outcome.state === "asking"}
              onAsk={() => void ask()}
            />
          </CardBody>
        </Card>
        <AnswerPanel image={image} outcome={outcome} host={host} />
      </div>
    </>
  );
}

async function answer(
  host: Host,
  image: File,
  request: Parameters<Host["analyse"]>[1],
  renew: () => Promise<Host | undefined>,
): Promise<Outcome> {
  try {
    return { state: "answered", answer: await host.analyse(image, request) };
  } catch (e) {
    if (!(e instanceof Refused)) {
      throw e;
    }
    if (e.problem.status !== 401) {
      return { state: "refused", problem: e.problem };
    }
    // The demo identity's token lasts an hour; a new one is taken once.
    const renewed = await renew();
    return renewed
      ? answer(renewed, image, request, () => Promise.resolve(undefined))
      : { state: "refused", problem: e.problem };
  }
}

function first(offer: Offer): Draft {
  const capability = offer.plugins[0]?.capability ?? "";
  return { capability, purpose: "", area: "unknown", kind: KINDS[capability] ?? "labels", labels: [], text: "" };
}

/** The draft with a purpose and an area that go with its capability. */
function settled(draft: Draft, offer: Offer): Draft {
  const purposes = purposesFor(draft.capability, offer.purposes);
  const purpose = purposes.find((known) => known.id === draft.purpose) ?? purposes[0];
  const areas = areasOf(purpose);
  const area = areas.includes(draft.area) && draft.purpose !== "" ? draft.area : (areas[0] ?? "unknown");
  return { ...draft, purpose: purpose?.id ?? "", area };
}
