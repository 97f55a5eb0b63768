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

/** A rough mask at the image's size, in COCO's compressed run lengths. */
export type Mask = Schemas["RunLengthMask"];

export type Finding = Schemas["Finding"];
