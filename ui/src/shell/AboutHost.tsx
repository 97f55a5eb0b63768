import {
  Content,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  ExpandableSection,
} from "@patternfly/react-core";
import { useState } from "react";
import { Host, Refused } from "../api/host";
import { parseCheckpoint } from "../proof/note";

interface Log {
  origin: string;
  size: string;
  root: string;
  vkey: string;
}

/** The log's public face, fetched when somebody looks. */
export function AboutHost() {
  const [open, setOpen] = useState(false);
  const [log, setLog] = useState<Log | "unavailable">();

  const toggle = (next: boolean) => {
    setOpen(next);
    if (next) {
      void read().then(setLog);
    }
  };

  return (
    <ExpandableSection toggleText="About this host and its log" isExpanded={open} onToggle={(_, next) => toggle(next)}>
      {log === "unavailable" && <Content component="p">The log does not answer now.</Content>}
      {log !== undefined && log !== "unavailable" && (
        <DescriptionList isHorizontal isCompact>
          <Row term="Log">{log.origin}</Row>
          <Row term="Leaves">{log.size}</Row>
          <Row term="Root">{log.root}</Row>
          <Row term="Verifier key">{log.vkey}</Row>
        </DescriptionList>
      )}
      <Content component="p">
        <a href="/q/openapi">API contract</a> · <a href="/log/checkpoint">newest signed checkpoint</a> ·{" "}
        <a href="/q/health">health</a>
      </Content>
    </ExpandableSection>
  );
}

function Row({ term, children }: { term: string; children: string }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>
        <code className="cordon-hash">{children}</code>
      </DescriptionListDescription>
    </DescriptionListGroup>
  );
}

async function read(): Promise<Log | "unavailable"> {
  const host = new Host();
  try {
    const [note, vkey] = await Promise.all([host.checkpoint(), host.vkey()]);
    const { origin, size, root } = parseCheckpoint(note);
    return { origin, size: size.toString(), root, vkey: vkey.trim() };
  } catch (e) {
    if (e instanceof Refused) {
      return "unavailable";
    }
    throw e;
  }
}
