import { concat, fromBase64, sha256, toHex, utf8, type Bytes } from "./bytes";

/** A C2SP tlog-proof: the index, the path with the leaf's sibling first, the checkpoint verbatim. */
export interface TlogProof {
  index: bigint;
  path: Bytes[];
  checkpoint: string;
}

/** A checkpoint with its signatures, which cover `text`. */
export interface Checkpoint {
  text: string;
  origin: string;
  size: bigint;
  root: string;
  signatures: { name: string; keyId: string; bytes: Bytes }[];
}

/** A verifier key: `name+keyid+base64(0x01 || ed25519 key)`. */
export interface VerifierKey {
  name: string;
  keyId: string;
  key: Bytes;
}

const HEADER = "c2sp.org/tlog-proof@v1";
const DASH = "— ";
const ED25519 = 1;
const HASH_BYTES = 32;

export function parseProof(text: string): TlogProof {
  const split = text.indexOf("\n\n");
  if (split < 0) {
    throw new Error("a proof has an empty line before its checkpoint");
  }
  const lines = text.slice(0, split).split("\n");
  if (lines.shift() !== HEADER) {
    throw new Error(`a proof begins with ${HEADER}`);
  }
  if (lines[0]?.startsWith("extra ")) {
    lines.shift();
  }
  const index = /^index (0|[1-9][0-9]{0,18})$/.exec(lines.shift() ?? "")?.[1];
  if (index === undefined) {
    throw new Error("a proof names the index of its entry");
  }
  const path = lines.map(hash);
  if (path.length > 63) {
    throw new Error("a proof has at most 63 hashes");
  }
  return { index: BigInt(index), path, checkpoint: text.slice(split + 2) };
}

export function parseCheckpoint(note: string): Checkpoint {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) {
    throw new Error("a note is a text, an empty line and signature lines");
  }
  const text = note.slice(0, split + 1);
  const [origin, size, root] = text.split("\n");
  if (!origin || !size || !/^(0|[1-9][0-9]{0,18})$/.test(size) || !root) {
    throw new Error("a checkpoint has an origin, a size and a root");
  }
  const signatures = note.slice(split + 2, -1).split("\n").map(signature);
  return { text, origin, size: BigInt(size), root: toHex(hash(root)), signatures };
}

export async function parseVerifierKey(line: string): Promise<VerifierKey> {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim());
  if (!parts) {
    throw new Error("a verifier key is a name, a key id and base64");
  }
  const [, name = "", keyId = "", encoded = ""] = parts;
  const typed = fromBase64(encoded);
  if (typed.length !== HASH_BYTES + 1 || typed[0] !== ED25519) {
    throw new Error("the verifier key is no Ed25519 key");
  }
  const digest = await sha256(concat(utf8(`${name}\n`), typed));
  if (toHex(digest.slice(0, 4)) !== keyId) {
    throw new Error("the key id does not fit the key");
  }
  return { name, keyId, key: typed.slice(1) };
}

function hash(text: string): Bytes {
  const bytes = fromBase64(text);
  if (bytes.length !== HASH_BYTES) {
    throw new Error("a hash has 32 bytes");
  }
  return bytes;
}

function signature(line: string) {
  const space = line.indexOf(" ", DASH.length);
  if (!line.startsWith(DASH) || space < 0) {
    throw new Error("a signature line is a dash, a key name and base64");
  }
  const payload = fromBase64(line.slice(space + 1));
  if (payload.length < 5) {
    throw new Error("a signature line is too short for a key id");
  }
  return {
    name: line.slice(DASH.length, space),
    keyId: toHex(payload.slice(0, 4)),
    bytes: payload.slice(4),
  };
}
