import type { components } from "../../target/api";

type Schemas = components["schemas"];

export type Area = Schemas["Area"];
export type AnalysisRequest = Schemas["AnalysisRequest"];
export type AnalysisAnswer = Schemas["AnalysisAnswer"];
export type Collection = Schemas["Collection"];
export type CollectionAnswer = Schemas["CollectionAnswer"];
export type ErasureAnswer = Schemas["ErasureAnswer"];
export type Decision = Schemas["Decision"];
export type Problem = Schemas["Problem"];
export type Receipt = Schemas["Receipt"];
export type Route = Schemas["Route"];
export type Plugin = Schemas["Plugins"]["plugins"][number];
export type Purpose = Schemas["Purposes"]["purposes"][number];

/** A mask of the image's size (height, width) in COCO's compressed run-length form. */
export type RunLengthMask = Schemas["RunLengthMask"];

/** Mask logits in the frame of the SAM family: the image's longer side fills it, the rest is padding. */
export type SamMask = Pick<Schemas["SamTensors"], "mask_input" | "orig_im_size">;

export type Finding = Schemas["Finding"];
