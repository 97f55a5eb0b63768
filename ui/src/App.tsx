import { Bullseye, Spinner } from "@patternfly/react-core";
import { Collections } from "./collections/Collections";
import { useSession, type SessionState } from "./identity/useSession";
import { TokenForm } from "./identity/TokenForm";
import { Playground } from "./playground/Playground";
import { Shell } from "./shell/Shell";
import { useScreen, type Screen } from "./shell/useScreen";

/** The console: the playground and the collections. */
export function App() {
  const session = useSession();
  const screen = useScreen();
  return <Shell screen={screen}>{content(session, screen)}</Shell>;
}

function content(session: SessionState, screen: Screen) {
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
      return screen === "collections" ? (
        <Collections host={session.host} offer={session.offer} onExpired={session.renew} />
      ) : (
        <Playground host={session.host} offer={session.offer} onExpired={session.renew} />
      );
  }
}
