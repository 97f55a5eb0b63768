import { concat, sha256, toHex, type Bytes } from "./bytes";

/** One climb in the tree: the sibling, the side it stands on, and the hash of the two. */
export interface Climb {
  side: "left" | "right";
  sibling: string;
  hash: string;
}

/** Where a path leads; `root` is undefined when the path does not fit the index and size. */
export interface Ascent {
  climbs: Climb[];
  root: string | undefined;
}

/** SHA-256(0x00 || entry), RFC 6962 section 2.1. */
export function leafHash(entry: Bytes): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(0), entry));
}

function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(1), left, right));
}

/** Follows an inclusion path from a leaf to a root, RFC 9162 section 2.1.3.2. */
export async function climb(index: bigint, size: bigint, leaf: Bytes, path: Bytes[]): Promise<Ascent> {
  const climbs: Climb[] = [];
  if (index < 0n || index >= size) {
    return { climbs, root: undefined };
  }
  let first = index;
  let last = size - 1n;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0n) {
      return { climbs, root: undefined };
    }
    const left = (first & 1n) === 1n || first === last;
    hash = left ? await nodeHash(sibling, hash) : await nodeHash(hash, sibling);
    climbs.push({ side: left ? "left" : "right", sibling: toHex(sibling), hash: toHex(hash) });
    if (left) {
      while ((first & 1n) === 0n && first !== 0n) {
        first >>= 1n;
        last >>= 1n;
      }
    }
    first >>= 1n;
    last >>= 1n;
  }
  return { climbs, root: last === 0n ? toHex(hash) : undefined };
}
