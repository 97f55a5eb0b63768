/** A JSON value of strings, whole numbers, lists and objects, as leaves are made of. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** The one form of such a value that is hashed, RFC 8785: sorted names, no space. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(",")}]`;
  }
  if (value !== null && typeof value === "object") {
    const members = Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}
