import { Alert, Button, Content } from "@patternfly/react-core";
import { useState } from "react";
import type { Problem, Receipt } from "../api/contract";
import { Refused, type Host } from "../api/host";
import type { Json } from "../proof/canonical";
import { verify, type Evidence, type Verification } from "../proof/verify";
import { ProblemAlert } from "../shell/ProblemAlert";
import { OfflineCheck } from "./OfflineCheck";
import { ProofSteps } from "./ProofSteps";

interface Props {
  receipt: Receipt;
  host: Host;
}

type Check =
  | { state: "unopened" }
  | { state: "opening" }
  | { state: "failed"; problem: Problem }
  | { state: "insecure" }
  | { state: "opened"; evidence: Evidence; verification: Verification };

/** The receipt of an answer or a refusal, which opens its proof and checks it in this browser. */
export function ReceiptPanel({ receipt, host }: Props) {
  const [check, setCheck] = useState<Check>({ state: "unopened" });
  const openProof = async () => {
    setCheck({ state: "opening" });
    setCheck(await opened(receipt, host));
  };

  return (
    <section aria-label="Receipt" className="cordon-receipt">
      <Content component="h3">Receipt</Content>
      <p>
        Leaf <strong>{receipt.index}</strong> of <code>{receipt.origin}</code>
      </p>
      <p>
        <code className="cordon-hash">{receipt.leafHash}</code>
      </p>
      {check.state !== "opened" && (
        <Button variant="secondary" isLoading={check.state === "opening"} onClick={() => void openProof()}>
          Open the proof
        </Button>
      )}
      <div role="status" aria-live="polite">
        {check.state === "failed" && <ProblemAlert problem={check.problem} />}
        {check.state === "insecure" && (
          <Alert isInline variant="warning" title="This browser offers no cryptography here" component="h4">
            Open the page by https or on a loopback address to check proofs in it.
          </Alert>
        )}
        {check.state === "opened" && <ProofSteps verification={check.verification} leaf={check.evidence.leaf} />}
      </div>
      {check.state === "opened" && <OfflineCheck receipt={receipt} evidence={check.evidence} />}
    </section>
  );
}

async function opened(receipt: Receipt, host: Host): Promise<Check> {
  if (!isSecureContext) {
    return { state: "insecure" };
  }
  try {
    const [proof, vkey, leaf] = await Promise.all([host.proof(receipt.index), host.vkey(), host.leaf(receipt.index)]);
    const evidence = { proof, vkey, leaf: leaf as Json | undefined };
    return { state: "opened", evidence, verification: await verify(receipt, evidence) };
  } catch (e) {
    if (e instanceof Refused) {
      return { state: "failed", problem: e.problem };
    }
    throw e;
  }
}
