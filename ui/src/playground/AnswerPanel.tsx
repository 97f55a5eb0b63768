import { Card, CardBody, CardTitle, EmptyState, EmptyStateBody, Skeleton } from "@patternfly/react-core";
import ImageIcon from "@patternfly/react-icons/dist/esm/icons/image-icon";
import { useState } from "react";
import type { AnalysisAnswer, Finding, Problem } from "../api/contract";
import type { Host } from "../api/host";
import { drawn } from "../drawing/drawn";
import { ImageView } from "../drawing/ImageView";
import { ProblemAlert } from "../shell/ProblemAlert";
import { DecisionView } from "./DecisionView";
import { Findings } from "./Findings";
import { ReceiptPanel } from "./ReceiptPanel";

/** What came of a question. */
export type Outcome =
  | { state: "none" }
  | { state: "asking" }
  | { state: "answered"; answer: AnalysisAnswer }
  | { state: "refused"; problem: Problem };

interface Props {
  image: File | undefined;
  outcome: Outcome;
  host: Host;
}

/** The image with what was found drawn on it, the findings, the decision and the receipt. */
export function AnswerPanel({ image, outcome, host }: Props) {
  const [chosen, setChosen] = useState<number>();
  const findings: Finding[] = outcome.state === "answered" ? outcome.answer.findings : [];
  const focus = chosen !== undefined && chosen < findings.length ? chosen : undefined;

  return (
    <Card component="section" aria-label="Answer">
      <CardTitle component="h2">Answer</CardTitle>
      <CardBody className="cordon-answer">
        <p className="cordon-spoken" role="status" aria-live="polite">
          {spoken(outcome)}
        </p>
        {image === undefined && (
          <EmptyState icon={ImageIcon} titleText="Nothing asked yet" headingLevel="h3">
            <EmptyStateBody>Choose an image and ask. The answer, or the rule that forbids it, stands here.</EmptyStateBody>
          </EmptyState>
        )}
        {image && <ImageView image={image} shapes={drawn(findings)} focus={focus} />}
        {outcome.state === "asking" && <Skeleton screenreaderText="waiting for the answer" />}
        {outcome.state === "answered" && (
          <>
            <Findings findings={findings} focus={focus} onFocus={setChosen} />
            <DecisionView decision={outcome.answer.decision} route={outcome.answer.route} />
            <ReceiptPanel key={outcome.answer.receipt.leafHash} receipt={outcome.answer.receipt} host={host} />
          </>
        )}
        {outcome.state === "refused" && <Refusal problem={outcome.problem} host={host} />}
      </CardBody>
    </Card>
  );
}

function Refusal({ problem, host }: { problem: Problem; host: Host }) {
  return (
    <>
      <ProblemAlert problem={problem} />
      {problem.decision && <DecisionView decision={problem.decision} route={undefined} />}
      {problem.receipt && <ReceiptPanel key={problem.receipt.leafHash} receipt={problem.receipt} host={host} />}
    </>
  );
}

/** What a screen reader says when the outcome changes. */
function spoken(outcome: Outcome): string {
  switch (outcome.state) {
    case "none":
      return "";
    case "asking":
      return "Asking.";
    case "refused":
      return `Refused: ${outcome.problem.code}. ${outcome.problem.detail}.`;
    case "answered": {
      const [best] = outcome.answer.findings;
      const count = outcome.answer.findings.length;
      return `${count} ${count === 1 ? "finding" : "findings"}${best ? `; the first is ${nameOf(best)}` : ""}.`;
    }
  }
}

function nameOf(finding: Finding): string {
  return finding.label ?? finding.text ?? finding.item ?? finding.type;
}
