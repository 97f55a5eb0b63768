import type { components } from "../../target/api";

type Schemas = components["schemas"];

export type Area = Schemas["Area"];
export type AnalysisRequest = Schemas["AnalysisRequest"];
export type AnalysisAnswer = Schemas["AnalysisAnswer"];
export type Decision = Schemas["Decision"];
export type Problem = Schemas["Problem"];
export type Receipt = Schemas["Receipt"];
export type Route = Schemas["Route"];
export type Plugin = Schemas["Plugins"]["plugins"][number];
export type Purpose = Schemas["Purposes"]["purposes"][number];

/** Logits of a coarse mask over the whole upright image, row by row from the top. */
export interface Mask {
  width: number;
  height: number;
  logits: number[];
}

export type Finding = Schemas["Finding"] & { mask?: Mask };
