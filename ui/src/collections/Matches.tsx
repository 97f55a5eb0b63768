import { Button, Content } from "@patternfly/react-core";
import type { Finding } from "../api/contract";
import { Bar } from "../playground/Findings";

interface Props {
  matches: Finding[];
  pictureOf: (item: string) => string | undefined;
  onErase: (item: string) => void;
}

/** Items with their scores, the best first; those that this page added show their picture. */
export function Matches({ matches, pictureOf, onErase }: Props) {
  if (matches.length === 0) {
    return <Content component="p">Nothing in the collection matches.</Content>;
  }
  return (
    <section aria-label="Matches">
      <Content component="h3">Matches</Content>
      <ol className="cordon-findings">
        {matches.map((match) => {
          const item = match.item ?? "";
          const picture = pictureOf(item);
          return (
            <li key={item} className="cordon-match">
              {picture ? <img src={picture} alt="" /> : <span className="cordon-match__none" aria-hidden />}
              <Bar name={item} score={match.score} />
              <Button variant="link" isDanger size="sm" aria-label={`Erase ${item}`} onClick={() => onErase(item)}>
                Erase
              </Button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
