import { Alert, ExpandableSection } from "@patternfly/react-core";
import CheckCircleIcon from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import MinusCircleIcon from "@patternfly/react-icons/dist/esm/icons/minus-circle-icon";
import TimesCircleIcon from "@patternfly/react-icons/dist/esm/icons/times-circle-icon";
import type { Json } from "../proof/canonical";
import type { Climb } from "../proof/merkle";
import type { Step, Verification } from "../proof/verify";

interface Props {
  verification: Verification;
  leaf: Json | undefined;
}

const MARKS = {
  holds: { Icon: CheckCircleIcon, said: "holds" },
  fails: { Icon: TimesCircleIcon, said: "fails" },
  unchecked: { Icon: MinusCircleIcon, said: "not checked" },
} as const;

/** Each thing that was checked, and the outcome of all. */
export function ProofSteps({ verification, leaf }: Props) {
  return (
    <>
      <Verdict verification={verification} />
      <ol className="cordon-steps">
        {verification.steps.map((step) => (
          <StepRow key={step.title} step={step} />
        ))}
      </ol>
      {leaf !== undefined && (
        <ExpandableSection toggleText="The leaf: all that the log keeps of this question">
          <pre className="cordon-pre" tabIndex={0} aria-label="The leaf">
            {JSON.stringify(leaf, null, 2)}
          </pre>
        </ExpandableSection>
      )}
    </>
  );
}

function Verdict({ verification }: { verification: Verification }) {
  if (verification.holds) {
    return <Alert isInline variant="success" title="Verified in this browser" component="h4" />;
  }
  return verification.steps.some((step) => step.state === "fails") ? (
    <Alert isInline variant="danger" title="This proof does not hold" component="h4">
      Keep it, and ask whoever runs this host for an explanation.
    </Alert>
  ) : (
    <Alert isInline variant="warning" title="Not everything could be checked here" component="h4" />
  );
}

function StepRow({ step }: { step: Step }) {
  const { Icon, said } = MARKS[step.state];
  return (
    <li className={`cordon-step cordon-step--${step.state}`}>
      <Icon role="img" aria-label={said} />
      <div>
        <strong>{step.title}</strong>
        <p className="cordon-hash">{step.detail}</p>
        {step.climbs !== undefined && step.climbs.length > 0 && (
          <ExpandableSection toggleText="The path, hash by hash">
            <ol className="cordon-climbs">
              {step.climbs.map((climb) => (
                <ClimbRow key={climb.hash} climb={climb} />
              ))}
            </ol>
          </ExpandableSection>
        )}
      </div>
    </li>
  );
}

function ClimbRow({ climb }: { climb: Climb }) {
  return (
    <li>
      with <code className="cordon-hash">{climb.sibling}</code> on the {climb.side} gives{" "}
      <code className="cordon-hash">{climb.hash}</code>
    </li>
  );
}
