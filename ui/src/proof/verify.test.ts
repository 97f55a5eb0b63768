import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromBase64, fromHex, toHex, utf8 } from "./bytes";
import { canonical, type Json } from "./canonical";
import { climb, leafHash } from "./merkle";
import { parseCheckpoint, parseProof, parseVerifierKey } from "./note";
import { verify, type Evidence, type Receipt } from "./verify";

const TESTDATA = new URL("../../../audit/testdata/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, TESTDATA), "utf8");
const vectors = JSON.parse(read("tlog_vectors.json"));
const entries = read("golden/entries.jsonl").trimEnd().split("\n");
const golden: Evidence = {
  proof: read("golden/entry-9.tlog-proof"),
  vkey: read("golden/vkey"),
  leaf: JSON.parse(entries[9] ?? "") as Json,
};

async function receipt(change: Partial<Receipt> = {}): Promise<Receipt> {
  const hash = toHex(await leafHash(utf8(entries[9] ?? "")));
  return { origin: "audit.example.com/golden", index: 9, leafHash: hash, ...change };
}

const failing = async (given: Receipt, evidence: Evidence) => {
  const { steps, holds } = await verify(given, evidence);
  expect(holds).toBe(false);
  return steps.filter((step) => step.state === "fails").map((step) => step.title);
};

describe("a receipt", () => {
  it("verifies against the golden log", async () => {
    const { steps, holds } = await verify(await receipt(), golden);
    expect(steps.map((step) => step.state)).toEqual(["holds", "holds", "holds", "holds"]);
    expect(holds).toBe(true);
    expect(steps[2]?.climbs).toHaveLength(4);
  });

  it("verifies without its leaf, and says that the leaf was not looked at", async () => {
    const { steps, holds } = await verify(await receipt(), { ...golden, leaf: undefined });
    expect(steps[0]?.state).toBe("unchecked");
    expect(holds).toBe(true);
  });

  it("fails with a leaf that was changed", async () => {
    const leaf = { ...(golden.leaf as Record<string, Json>), effect: "deny" };
    expect(await failing(await receipt(), { ...golden, leaf })).toEqual(["The leaf has the receipt's hash"]);
  });

  it("fails with another leaf hash", async () => {
    const other = await receipt({ leafHash: "00".repeat(32) });
    expect(await failing(other, { ...golden, leaf: undefined })).toEqual(["The leaf is in the tree"]);
  });

  it("fails with another index", async () => {
    const titles = await failing(await receipt({ index: 8 }), golden);
    expect(titles).toEqual(["The proof is for this receipt", "The leaf is in the tree"]);
  });

  it("fails with a receipt of another log", async () => {
    expect(await failing(await receipt({ origin: "elsewhere" }), golden)).toEqual(["The proof is for this receipt"]);
  });

  it("fails with another key of the same name", async () => {
    const other = { ...golden, vkey: vectors.log.vkey as string };
    expect(await failing(await receipt(), other)).toContain("The root is signed by the log's key");
  });

  it("fails when one byte of path, root or signature is flipped", async () => {
    const lines = golden.proof.split("\n");
    for (const [line, text] of lines.entries()) {
      const encoded = /([A-Za-z0-9+/]{43,}=*)$/.exec(text)?.[1];
      if (encoded !== undefined) {
        const bytes = fromBase64(encoded);
        bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
        const flipped = text.replace(encoded, btoa(String.fromCharCode(...bytes)));
        const proof = lines.with(line, flipped).join("\n");
        expect(await failing(await receipt(), { ...golden, proof }), `line ${line}`).not.toEqual([]);
      }
    }
  });

  it("fails when the tree size is another", async () => {
    expect(await failing(await receipt(), { ...golden, proof: golden.proof.replace("\n13\n", "\n14\n") })).not.toEqual([]);
  });

  it.each(["", "index 9", "c2sp.org/tlog-proof@v1\nindex 09\n\n", golden.proof.slice(0, 100)])(
    "fails with what is no proof (%j)",
    async (proof) => {
      expect(await failing(await receipt(), { ...golden, proof })).toEqual(["The proof can be read"]);
    },
  );
});

describe("a path", () => {
  it("leads from its leaf to the root, and from no other leaf", async () => {
    const path = vectors.inclusion_index5_size7_hex.map(fromHex);
    const leaf = fromHex(vectors.leaf_hashes_hex[5]);
    expect((await climb(5n, 7n, leaf, path)).root).toBe(vectors.root7_hex);
    expect((await climb(5n, 7n, leaf, path.slice(1))).root).toBeUndefined();
    expect((await climb(5n, 7n, leaf, [...path, leaf])).root).toBeUndefined();
    expect((await climb(4n, 7n, leaf, path)).root).not.toBe(vectors.root7_hex);
    expect((await climb(7n, 7n, leaf, path)).root).toBeUndefined();
  });

  it("is empty in a tree of one leaf", async () => {
    const [root] = [vectors.rfc6962_roots_for_CT_reference_leaves.roots_hex["1"]];
    expect((await climb(0n, 1n, await leafHash(utf8("")), [])).root).toBe(root);
  });
});

describe("a note", () => {
  it("is read as the vectors say", async () => {
    const checkpoint = parseCheckpoint(vectors.checkpoint7);
    expect([checkpoint.origin, checkpoint.size, checkpoint.root]).toEqual([vectors.log.origin, 7n, vectors.root7_hex]);
    expect((await parseVerifierKey(vectors.log.vkey)).keyId).toBe(vectors.log.key_id_hex);
    expect(parseProof(vectors.tlog_proof_index5).index).toBe(5n);
  });

  it("is refused with a key id that does not fit", async () => {
    await expect(parseVerifierKey(vectors.log.vkey.replace("9c02f9bd", "9c02f9be"))).rejects.toThrow("key id");
  });
});

describe("the canonical form", () => {
  it("is the one of the golden entries", () => {
    for (const entry of entries) {
      const shuffled = Object.fromEntries(Object.entries(JSON.parse(entry) as Record<string, Json>).reverse());
      expect(canonical(shuffled)).toBe(entry);
    }
  });
});

describe("base64", () => {
  it("has one form only", () => {
    expect(() => fromBase64("AB==")).toThrow();
    expect(toHex(fromBase64("AQI="))).toBe("0102");
  });
});
