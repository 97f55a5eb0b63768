import { Bullseye, Spinner } from "@patternfly/react-core";
import { useSession, type SessionState } from "./identity/useSession";
import { TokenForm } from "./identity/TokenForm";
import { Playground } from "./playground/Playground";
import { Shell } from "./shell/Shell";

/** The console: for now one screen, the playground. */
export function App() {
  const session = useSession();
  return <Shell>{screen(session)}</Shell>;
}

function screen(session: SessionState) {
  switch (session.state) {
    case "asking":
      return (
        <Bullseye>
          <Spinner aria-label="asking the host what it offers" />
        </Bullseye>
      );
    case "signed-out":
      return <TokenForm problem={session.problem} onToken={session.signIn} />;
    case "ready":
      return <Playground host={session.host} offer={session.offer} onExpired={session.renew} />;
  }
}
