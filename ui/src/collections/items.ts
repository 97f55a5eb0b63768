const LONGEST = 100;

/** A file's name as an item may have it. */
export function itemName(file: string): string {
  const name = file.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
  return name.slice(-LONGEST).replace(/^[.-]+/, "") || "image";
}
