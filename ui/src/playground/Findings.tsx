import { Content } from "@patternfly/react-core";
import type { Finding } from "../api/contract";
import { colour } from "../drawing/drawn";

interface Props {
  findings: Finding[];
  focus: number | undefined;
  onFocus: (index: number | undefined) => void;
}

const TITLES: Record<Finding["type"], string> = {
  tag: "Tags",
  box: "Boxes",
  "segmentation-prompt": "Segmentation prompts",
  caption: "Captions",
  match: "Matches",
};

/** The findings by kind: bars for what has a place or a label, text for captions, a list for matches. */
export function Findings({ findings, focus, onFocus }: Props) {
  if (findings.length === 0) {
    return <Content component="p">Nothing was found that reaches the threshold.</Content>;
  }
  const kinds = [...new Set(findings.map((finding) => finding.type))];
  return (
    <>
      {kinds.map((kind) => (
        <section key={kind} aria-label={TITLES[kind]}>
          <Content component="h3">{TITLES[kind]}</Content>
          <ol className="cordon-findings">
            {findings.map((finding, index) =>
              finding.type === kind ? (
                <li key={index}>
                  <Row finding={finding} index={index} focus={focus} onFocus={onFocus} />
                </li>
              ) : null,
            )}
          </ol>
        </section>
      ))}
    </>
  );
}

interface RowProps extends Omit<Props, "findings"> {
  finding: Finding;
  index: number;
}

function Row({ finding, index, focus, onFocus }: RowProps) {
  switch (finding.type) {
    case "tag":
      return <Bar name={finding.label ?? ""} score={finding.score} />;
    case "caption":
      return (
        <blockquote className="cordon-caption" lang={finding.language}>
          {finding.text} <span className="cordon-soft">{percent(finding.score)}</span>
        </blockquote>
      );
    case "match":
      return <Bar name={finding.item ?? ""} score={finding.score} />;
    case "box":
    case "segmentation-prompt":
      return (
        <button
          type="button"
          className="cordon-placed"
          aria-pressed={focus === index}
          aria-label={`Show ${finding.label} ${index + 1}, ${percent(finding.score)}, alone on the image`}
          onClick={() => onFocus(focus === index ? undefined : index)}
        >
          <span className="cordon-number" style={{ backgroundColor: colour(index) }}>
            {index + 1}
          </span>
          <Bar name={finding.label ?? ""} score={finding.score} />
        </button>
      );
  }
}

/** A name, a bar and its number. */
export function Bar({ name, score }: { name: string; score: number }) {
  return (
    <span className="cordon-bar">
      <span className="cordon-bar__name">{name}</span>
      <span className="cordon-bar__track" aria-hidden>
        <span className="cordon-bar__fill" style={{ inlineSize: `${100 * score}%` }} />
      </span>
      <span className="cordon-bar__score">{percent(score)}</span>
    </span>
  );
}

function percent(score: number): string {
  return score > 0 && score < 0.0005 ? "< 0.1 %" : `${(100 * score).toFixed(1)} %`;
}
