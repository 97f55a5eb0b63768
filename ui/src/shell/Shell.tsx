import {
  Button,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadMain,
  Page,
  PageSection,
  SkipToContent,
} from "@patternfly/react-core";
import MoonIcon from "@patternfly/react-icons/dist/esm/icons/moon-icon";
import SunIcon from "@patternfly/react-icons/dist/esm/icons/sun-icon";
import type { ReactNode } from "react";
import { AboutHost } from "./AboutHost";
import type { Screen } from "./useScreen";
import { useTheme } from "./useTheme";

const MAIN = "main";

/** The frame around every screen: skip link, name, theme, and what this host says of itself. */
export function Shell({ screen, children }: { screen: Screen; children: ReactNode }) {
  const theme = useTheme();
  const masthead = (
    <Masthead>
      <MastheadMain>
        <MastheadBrand>
          <a href="/" className="cordon-brand">
            <img src="/cordon.svg" alt="" width="28" height="28" />
            Cordon
          </a>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <div className="cordon-masthead">
          <nav aria-label="Screens" className="cordon-screens">
            <a href="#ask" aria-current={screen === "ask" ? "page" : undefined}>
              Playground
            </a>
            <a href="#collections" aria-current={screen === "collections" ? "page" : undefined}>
              Collections
            </a>
          </nav>
          <Button
            variant="plain"
            aria-label={theme.dark ? "Switch to light" : "Switch to dark"}
            icon={theme.dark ? <SunIcon /> : <MoonIcon />}
            onClick={theme.toggle}
          />
        </div>
      </MastheadContent>
    </Masthead>
  );
  return (
    <Page
      masthead={masthead}
      mainContainerId={MAIN}
      mainTabIndex={-1}
      skipToContent={<SkipToContent href={`#${MAIN}`}>Skip to the question</SkipToContent>}
    >
      <PageSection hasBodyWrapper={false}>{children}</PageSection>
      <PageSection hasBodyWrapper={false} isFilled={false}>
        <AboutHost />
      </PageSection>
    </Page>
  );
}
