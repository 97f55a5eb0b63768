package dev.cordon.audit.verify;

import dev.cordon.audit.checkpoint.Checkpoint;
import dev.cordon.audit.checkpoint.NoteVerifier;
import dev.cordon.audit.checkpoint.SignedNote;
import dev.cordon.audit.checkpoint.TlogProof;
import dev.cordon.audit.tree.ProofCheck;

/** Checks one tlog-proof offline with nothing but the leaf hash and the log's verifier key. */
public final class ProofVerifier {
  private ProofVerifier() {}

  /** Never throws for a bad proof or key: whatever does not verify is an invalid result. */
  public static ProofResult verify(String tlogProof, byte[] leafHash, String vkey) {
    try {
      NoteVerifier verifier = NoteVerifier.fromVkey(vkey);
      TlogProof proof = TlogProof.parse(tlogProof);
      SignedNote note = SignedNote.parse(proof.checkpoint());
      if (!verifier.verifies(note)) {
        return new ProofResult.Invalid("the checkpoint is not signed by the given key");
      }
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (!checkpoint.origin().equals(verifier.name())) {
        return new ProofResult.Invalid("the checkpoint is of another origin than the key");
      }
      if (!ProofCheck.inclusion(
          proof.index(), checkpoint.size(), leafHash, proof.path(), checkpoint.root())) {
        return new ProofResult.Invalid("the path does not lead from the leaf to the root");
      }
      return new ProofResult.Valid(checkpoint.origin(), proof.index(), checkpoint.size());
    } catch (IllegalArgumentException malformed) {
      return new ProofResult.Invalid(String.valueOf(malformed.getMessage()));
    }
  }
}
