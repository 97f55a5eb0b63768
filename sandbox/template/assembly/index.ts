import {
  BAD_QUESTION, DONE, FAULT, TEXT, compare, foundTag, image, probability, question, text, threshold,
} from "./cordon";

/** Says how probable it is that the caller's text describes the image. */
export function analyse(): i32 {
  if (question() != TEXT) return BAD_QUESTION;
  const asked = text();
  const score = probability(compare([image()], [asked])[0]);
  if (!isFinite(score)) return FAULT;
  if (score >= threshold()) foundTag(asked, score);
  return DONE;
}
