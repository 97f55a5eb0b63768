// What a host of Cordon offers to a plugin, as AssemblyScript. The meaning of each is in SPEC.md.
// Every call of a plugin starts with fresh memory, so nothing here is ever freed.

// @ts-ignore: decorator
@external("cordon", "question") declare function hostQuestion(): i32;
// @ts-ignore: decorator
@external("cordon", "text_count") declare function hostTextCount(list: i32): i32;
// @ts-ignore: decorator
@external("cordon", "text_size") declare function hostTextSize(list: i32, index: i32): i32;
// @ts-ignore: decorator
@external("cordon", "text_read") declare function hostTextRead(list: i32, index: i32, to: usize): void;
// @ts-ignore: decorator
@external("cordon", "top_k") declare function hostTopK(): i32;
// @ts-ignore: decorator
@external("cordon", "threshold") declare function hostThreshold(): f32;
// @ts-ignore: decorator
@external("cordon", "width") declare function hostWidth(): i32;
// @ts-ignore: decorator
@external("cordon", "height") declare function hostHeight(): i32;
// @ts-ignore: decorator
@external("cordon", "compare") declare function hostCompare(regions: usize, regionCount: i32, texts: usize, textCount: i32, to: usize): void;
// @ts-ignore: decorator
@external("cordon", "softmax") declare function hostSoftmax(at: usize, count: i32): void;
// @ts-ignore: decorator
@external("cordon", "probability") declare function hostProbability(cosine: f32): f32;
// @ts-ignore: decorator
@external("cordon", "found_tag") declare function hostTag(text: usize, size: i32, score: f32): void;
// @ts-ignore: decorator
@external("cordon", "found_box") declare function hostBox(text: usize, size: i32, score: f32, x: i32, y: i32, width: i32, height: i32): void;

/** What `analyse` returns. */
export const DONE: i32 = 0;
export const BAD_QUESTION: i32 = 1;
export const FAULT: i32 = 3;

/** Kinds of question. */
export const LABELS: i32 = 0;
export const TEXT: i32 = 1;
export const OPEN: i32 = 2;

/** Pixels of the upright image. */
export class Region {
  constructor(public x: i32, public y: i32, public width: i32, public height: i32) {}
}

export function question(): i32 {
  return hostQuestion();
}

function list(number: i32): string[] {
  const texts: string[] = [];
  for (let i = 0, n = hostTextCount(number); i < n; i++) {
    const bytes = new ArrayBuffer(hostTextSize(number, i));
    hostTextRead(number, i, changetype<usize>(bytes));
    texts.push(String.UTF8.decode(bytes));
  }
  return texts;
}

export function labels(): string[] {
  return list(0);
}

/** Each holds `{}` where the label goes. */
export function templates(): string[] {
  return list(1);
}

/** The text of a question that is one. */
export function text(): string {
  return list(2)[0];
}

/** The setting of that name, as the manifest declares it; every declared one has a value. */
export function setting(name: string): string {
  const names = list(7);
  return list(8)[names.indexOf(name)];
}

export function topK(): i32 {
  return hostTopK();
}

export function threshold(): f32 {
  return hostThreshold();
}

/** The whole image. */
export function image(): Region {
  return new Region(0, 0, hostWidth(), hostHeight());
}

/** Cosines, region by region and in each text by text. */
export function compare(regions: Region[], texts: string[]): StaticArray<f32> {
  const sides = new StaticArray<i32>(4 * regions.length);
  for (let i = 0; i < regions.length; i++) {
    sides[4 * i] = regions[i].x;
    sides[4 * i + 1] = regions[i].y;
    sides[4 * i + 2] = regions[i].width;
    sides[4 * i + 3] = regions[i].height;
  }
  const places = new StaticArray<u32>(2 * texts.length);
  for (let i = 0; i < texts.length; i++) {
    const bytes = String.UTF8.encode(texts[i]);
    places[2 * i] = changetype<u32>(bytes);
    places[2 * i + 1] = bytes.byteLength;
  }
  const cosines = new StaticArray<f32>(regions.length * texts.length);
  hostCompare(
    changetype<usize>(sides), regions.length,
    changetype<usize>(places), texts.length,
    changetype<usize>(cosines),
  );
  return cosines;
}

/** Turns cosines of competing texts into probabilities that sum to 1, in place; after a comparison. */
export function softmax(cosines: StaticArray<f32>): void {
  hostSoftmax(changetype<usize>(cosines), cosines.length);
}

/** Probability that a text with this cosine applies, whatever others there are; after a comparison. */
export function probability(cosine: f32): f32 {
  return hostProbability(cosine);
}

/** Says that a label applies to the whole image. Best first. */
export function foundTag(label: string, score: f32): void {
  const bytes = String.UTF8.encode(label);
  hostTag(changetype<usize>(bytes), bytes.byteLength, score);
}

/** Says that a label applies to a region. Best first. */
export function foundBox(label: string, score: f32, box: Region): void {
  const bytes = String.UTF8.encode(label);
  hostBox(changetype<usize>(bytes), bytes.byteLength, score, box.x, box.y, box.width, box.height);
}
