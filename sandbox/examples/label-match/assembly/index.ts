// Which of the caller's labels describe the image? Each is judged alone.
import {
  BAD_QUESTION, DONE, FAULT, LABELS, compare, foundTag, image, labels, probability, question, setting,
  templates, threshold, topK,
} from "./cordon";

class Candidate {
  constructor(public label: string, public score: f32) {}
}

export function analyse(): i32 {
  if (question() != LABELS) return BAD_QUESTION;
  const names = once(labels());
  const forms = templates();
  const texts: string[] = [];
  for (let i = 0; i < names.length; i++) {
    for (let j = 0; j < forms.length; j++) texts.push(forms[j].replaceAll("{}", names[i]));
  }
  const cosines = compare([image()], texts);

  const candidates: Candidate[] = [];
  for (let i = 0; i < names.length; i++) {
    let sum: f32 = 0;
    for (let j = 0; j < forms.length; j++) sum += cosines[i * forms.length + j];
    const score = probability(sum / <f32>forms.length);
    if (!isFinite(score)) return FAULT;
    candidates.push(new Candidate(names[i], score));
  }
  candidates.sort((a, b) => (a.score < b.score ? 1 : a.score > b.score ? -1 : compareNames(a, b)));

  const least = max(threshold(), <f32>parseFloat(setting("floor")));
  const most = min(topK(), candidates.length);
  for (let i = 0; i < most; i++) {
    if (candidates[i].score >= least) foundTag(candidates[i].label, candidates[i].score);
  }
  return DONE;
}

/** The sort is not stable; equal scores keep to the alphabet. */
function compareNames(a: Candidate, b: Candidate): i32 {
  return a.label < b.label ? -1 : 1;
}

function once(labels: string[]): string[] {
  const seen: string[] = [];
  for (let i = 0; i < labels.length; i++) {
    if (!seen.includes(labels[i])) seen.push(labels[i]);
  }
  return seen;
}
