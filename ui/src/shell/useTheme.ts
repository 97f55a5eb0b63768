import { useEffect, useState } from "react";

const DARK = "pf-v6-theme-dark";

/** Light or dark: as the system asks until the user chooses. */
export function useTheme(): { dark: boolean; toggle: () => void } {
  const [system, setSystem] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const [chosen, setChosen] = useState<boolean>();
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setSystem(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  const dark = chosen ?? system;
  useEffect(() => {
    document.documentElement.classList.toggle(DARK, dark);
  }, [dark]);
  return { dark, toggle: () => setChosen(!dark) };
}
