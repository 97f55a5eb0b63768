import {
  ActionGroup,
  Button,
  Card,
  CardBody,
  CardTitle,
  Content,
  Form,
  FormGroup,
  TextInput,
} from "@patternfly/react-core";
import { useState } from "react";
import type { Problem } from "../api/contract";
import { ProblemAlert } from "../shell/ProblemAlert";

interface Props {
  problem: Problem | undefined;
  onToken: (token: string) => void;
}

/** Takes a bearer token, which stays in this page's memory and is gone when the page is. */
export function TokenForm({ problem, onToken }: Props) {
  const [token, setToken] = useState("");
  return (
    <Card className="cordon-narrow">
      <CardTitle component="h2">A token of this host</CardTitle>
      <CardBody>
        {problem && <ProblemAlert problem={problem} />}
        <Content component="p">
          Questions are asked in somebody's name. Paste a bearer token of your identity provider with the role caller (and
          auditor, to see leaves). On the demo identity, <code>./cordon token caller,auditor</code> prints one.
        </Content>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            onToken(token.trim());
          }}
        >
          <FormGroup label="Bearer token" isRequired fieldId="token">
            <TextInput
              id="token"
              type="password"
              autoComplete="off"
              isRequired
              value={token}
              onChange={(_, value) => setToken(value)}
            />
          </FormGroup>
          <ActionGroup>
            <Button type="submit" isDisabled={token.trim() === ""}>
              Use this token
            </Button>
          </ActionGroup>
        </Form>
      </CardBody>
    </Card>
  );
}
