import { fromHex, toHex, utf8, type Bytes } from "./bytes";
import { canonical, type Json } from "./canonical";
import { climb, leafHash, type Climb } from "./merkle";
import { parseCheckpoint, parseProof, parseVerifierKey, type Checkpoint, type VerifierKey } from "./note";

/** What the host gave for a receipt; the leaf only to those who may read it. */
export interface Evidence {
  proof: string;
  vkey: string;
  leaf: Json | undefined;
}

export interface Receipt {
  origin: string;
  index: number;
  leafHash: string;
}

/** One thing that was checked: it holds, it does not, or it could not be looked at here. */
export interface Step {
  state: "holds" | "fails" | "unchecked";
  title: string;
  detail: string;
  climbs?: Climb[];
}

export interface Verification {
  steps: Step[];
  /** True only if nothing fails and both the path and the signature were checked. */
  holds: boolean;
}

type Outcome = Omit<Step, "title">;

/** Checks a receipt in this browser, with nothing but its proof, its leaf and the log's key. */
export async function verify(receipt: Receipt, evidence: Evidence): Promise<Verification> {
  const steps: Step[] = [await leafStep(receipt, evidence.leaf)];
  try {
    const proof = parseProof(evidence.proof);
    const checkpoint = parseCheckpoint(proof.checkpoint);
    const key = await parseVerifierKey(evidence.vkey);
    const ascent = await climb(proof.index, checkpoint.size, fromHex(receipt.leafHash), proof.path);
    steps.push(
      step("The proof is for this receipt", sameReceipt(receipt, proof.index, checkpoint, key)),
      {
        ...step(
          "The leaf is in the tree",
          ascent.root === checkpoint.root && proof.index === BigInt(receipt.index)
            ? holds(`${proof.path.length} hashes lead from leaf ${proof.index} to the root of ${checkpoint.size} leaves`)
            : fails("the path does not lead from the leaf to the root"),
        ),
        climbs: ascent.climbs,
      },
      step("The root is signed by the log's key", await signed(checkpoint, key)),
    );
  } catch (malformed) {
    steps.push(step("The proof can be read", fails(String((malformed as Error).message))));
  }
  const [, ...needed] = steps;
  return {
    steps,
    holds: steps.every((each) => each.state !== "fails") && needed.every((each) => each.state === "holds"),
  };
}

async function leafStep(receipt: Receipt, leaf: Json | undefined): Promise<Step> {
  const title = "The leaf has the receipt's hash";
  if (leaf === undefined) {
    return step(title, { state: "unchecked", detail: "reading a leaf takes the role auditor" });
  }
  const hash = toHex(await leafHash(utf8(canonical(leaf))));
  return step(
    title,
    hash === receipt.leafHash
      ? holds(`SHA-256 over the leaf as the log keeps it: ${hash}`)
      : fails(`the leaf hashes to ${hash}`),
  );
}

function sameReceipt(receipt: Receipt, index: bigint, checkpoint: Checkpoint, key: VerifierKey): Outcome {
  if (index !== BigInt(receipt.index)) {
    return fails(`it is for leaf ${index}`);
  }
  if (checkpoint.origin !== receipt.origin || key.name !== receipt.origin) {
    return fails("the checkpoint or the key is of another log");
  }
  return holds(`leaf ${index} of ${receipt.origin}`);
}

async function signed(checkpoint: Checkpoint, key: VerifierKey): Promise<Outcome> {
  const own = checkpoint.signatures.filter((each) => each.name === key.name && each.keyId === key.keyId);
  if (own.length === 0) {
    return fails("the checkpoint is not signed by the log's key");
  }
  const imported = await ed25519(key.key);
  if (!imported) {
    return { state: "unchecked", detail: "this browser has no Ed25519; use the command below" };
  }
  for (const { bytes } of own) {
    if (!(await crypto.subtle.verify("Ed25519", imported, bytes, utf8(checkpoint.text)))) {
      return fails("the signature is not good");
    }
  }
  return holds(`Ed25519, key ${key.keyId}`);
}

async function ed25519(key: Bytes): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch (e) {
    if ((e as Error).name === "NotSupportedError") {
      return undefined;
    }
    throw e;
  }
}

const step = (title: string, outcome: Outcome): Step => ({ title, ...outcome });
const holds = (detail: string): Outcome => ({ state: "holds", detail });
const fails = (detail: string): Outcome => ({ state: "fails", detail });
