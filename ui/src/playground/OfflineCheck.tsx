import { ClipboardCopy, ClipboardCopyVariant, Content } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import type { Receipt } from "../api/contract";
import type { Evidence } from "../proof/verify";

interface Props {
  receipt: Receipt;
  evidence: Evidence;
}

/** The proof as a file and the command that checks it without this host. */
export function OfflineCheck({ receipt, evidence }: Props) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([evidence.proof], { type: "text/plain" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [evidence.proof]);
  const file = `leaf-${receipt.index}.tlog-proof`;
  const command = `./cordon log proof ${file} --leaf ${receipt.leafHash} --vkey '${evidence.vkey.trim()}'`;

  return (
    <div className="cordon-offline">
      <Content component="p">
        The key came from this host as well. Compare it with one that you got elsewhere, and check the proof where the host
        cannot reach: <a href={address} download={file}>download {file}</a>, then
      </Content>
      <ClipboardCopy
        isReadOnly
        isCode
        variant={ClipboardCopyVariant.expansion}
        hoverTip="Copy"
        clickTip="Copied"
        textAriaLabel="Command that checks the proof offline"
        toggleAriaLabel="Show the whole command"
        copyAriaLabel="Copy the command"
      >
        {command}
      </ClipboardCopy>
    </div>
  );
}
