import {
  Content,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Label,
  List,
  ListItem,
} from "@patternfly/react-core";
import type { Decision, Route } from "../api/contract";

interface Props {
  decision: Decision;
  route: Route | undefined;
}

const COLOURS = { permit: "green", deny: "red", review: "orange" } as const;

/** The decision with each rule that fired, what it says, and the law it rests on. */
export function DecisionView({ decision, route }: Props) {
  return (
    <section aria-label="Decision">
      <Content component="h3">
        Decision <Label color={COLOURS[decision.effect]}>{decision.effect}</Label>
      </Content>
      {decision.rules.map((rule) => (
        <div key={`${rule.pack} ${rule.id}`} className="cordon-rule">
          <p>
            <Label isCompact color={COLOURS[rule.effect]}>
              {rule.effect}
            </Label>{" "}
            <strong>Rule {rule.id}</strong> <span className="cordon-soft">of {rule.pack}</span>
          </p>
          {rule.explanation && <p>{rule.explanation}</p>}
          {rule.references.length > 0 && (
            <List isPlain aria-label={`Law behind ${rule.id}`}>
              {rule.references.map((reference) => (
                <ListItem key={reference} className="cordon-law">
                  {reference}
                </ListItem>
              ))}
            </List>
          )}
        </div>
      ))}
      <DescriptionList isHorizontal isCompact>
        {decision.obligations.map((duty) => (
          <Row key={duty.id} term="Obligation">
            {duty.type}
          </Row>
        ))}
        {route && (
          <Row term="Route">{`${route.target}, ${route.model}: ${route.reason}`}</Row>
        )}
      </DescriptionList>
    </section>
  );
}

function Row({ term, children }: { term: string; children: string }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
