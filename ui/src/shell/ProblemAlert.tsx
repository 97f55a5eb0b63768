import { Alert } from "@patternfly/react-core";
import { advice } from "../api/advice";
import type { Problem } from "../api/contract";

/** What went wrong, where, and what to do next. */
export function ProblemAlert({ problem }: { problem: Problem }) {
  return (
    <Alert isInline variant="danger" title={sentence(problem.title)} component="h3" className="cordon-problem">
      <p>
        <code>{problem.code}</code>
        {problem.field && (
          <>
            {" at "}
            <code>{problem.field}</code>
          </>
        )}
        {": "}
        {problem.detail}
      </p>
      <p>{advice(problem)}</p>
    </Alert>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
