import { useCallback, useEffect, useState } from "react";
import type { Plugin, Problem, Purpose } from "../api/contract";
import { Host, Refused } from "../api/host";

/** What the caller can ask of this host. */
export interface Offer {
  plugins: Plugin[];
  purposes: Purpose[];
}

/** Where the page stands with the host; the token lives in this state and nowhere else. */
export type SessionState =
  | { state: "asking" }
  | { state: "signed-out"; problem: Problem | undefined; signIn: (token: string) => void }
  | { state: "ready"; host: Host; offer: Offer; renew: () => Promise<Host | undefined> };

/** Takes the demo identity's token where the host gives one, and waits for one of the user's elsewhere. */
export function useSession(): SessionState {
  const [session, setSession] = useState<SessionState>({ state: "asking" });

  const open = useCallback(async (take: () => Promise<string | undefined>) => {
    const signIn = (given: string) => {
      setSession({ state: "asking" });
      void open(() => Promise.resolve(given));
    };
    const signedOut = (problem?: Problem) => setSession({ state: "signed-out", problem, signIn });
    try {
      const token = await take();
      if (!token) {
        signedOut();
        return undefined;
      }
      const host = new Host(token);
      const [plugins, purposes] = await Promise.all([host.plugins(), host.purposes()]);
      const renew = () => open(() => new Host().pageToken());
      setSession({ state: "ready", host, offer: { plugins: aboutOneImage(plugins), purposes }, renew });
      return host;
    } catch (e) {
      if (!(e instanceof Refused)) {
        throw e;
      }
      signedOut(e.problem);
      return undefined;
    }
  }, []);

  useEffect(() => {
    void open(() => new Host().pageToken());
  }, [open]);
  return session;
}

/** Plugins that answer about one image, tagging first; those that search a collection are asked elsewhere. */
function aboutOneImage(plugins: Plugin[]): Plugin[] {
  const rank = (plugin: Plugin) => (plugin.capability === "image-tagging" ? 0 : 1);
  return plugins.filter((plugin) => !plugin.permissions.includes("gallery")).sort((a, b) => rank(a) - rank(b));
}
