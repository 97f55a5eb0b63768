import { useEffect, useState } from "react";

/** The screens of the console by the fragment of their address. */
export type Screen = "ask" | "collections";

const SCREENS: Record<string, Screen> = { "#ask": "ask", "#collections": "collections" };

/** The screen that the address names; other fragments, such as the skip link's, change nothing. */
export function useScreen(): Screen {
  const [screen, setScreen] = useState<Screen>(SCREENS[window.location.hash] ?? "ask");
  useEffect(() => {
    const follow = () => setScreen((had) => SCREENS[window.location.hash] ?? had);
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return screen;
}
