package dev.cordon.models.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The file {@code model.sig}: a Sigstore bundle v0.3 that holds a DSSE envelope and the id of the
 * key that signed it.
 */
record Bundle(String keyId, byte[] payload, byte[] signature) {
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  static Bundle sign(byte[] payload, SigningKey key) {
    return new Bundle(key.publicHalf().id(), payload, key.sign(encoding(payload)));
  }

  byte[] write() {
    ObjectNode bundle = Statement.JSON.createObjectNode().put("mediaType", MEDIA_TYPE);
    ObjectNode material = bundle.putObject("verificationMaterial");
    material.putObject("publicKey").put("hint", keyId);
    material.putArray("tlogEntries");
    ObjectNode envelope = bundle.putObject("dsseEnvelope");
    envelope.put("payload", payload).put("payloadType", PAYLOAD_TYPE);
    envelope.putArray("signatures").addObject().put("sig", signature).put("keyid", "");
    return (bundle + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static Bundle read(byte[] json) throws SignatureRefusedException {
    try {
      JsonNode tree = Statement.JSON.readTree(json);
      if (!tree.path("mediaType").asText().equals(MEDIA_TYPE)) {
        throw new SignatureRefusedException("`model.sig` is not a Sigstore bundle v0.3");
      }
      String hint = tree.at("/verificationMaterial/publicKey/hint").asText();
      if (hint.isEmpty()) {
        throw new SignatureRefusedException("`model.sig` names no public key");
      }
      JsonNode envelope = tree.path("dsseEnvelope");
      if (!envelope.path("payloadType").asText().equals(PAYLOAD_TYPE)) {
        throw new SignatureRefusedException("`model.sig` holds no in-toto statement");
      }
      if (envelope.path("signatures").size() != 1) {
        throw new SignatureRefusedException("`model.sig` does not hold one signature");
      }
      return new Bundle(
          hint,
          bytes(envelope.path("payload")),
          bytes(envelope.path("signatures").path(0).path("sig")));
    } catch (IOException | IllegalArgumentException e) {
      throw new SignatureRefusedException("`model.sig` is not strict JSON", e);
    }
  }

  /** The statement, once a trusted key is found to have signed it. */
  Statement open(TrustedKeys trusted) throws SignatureRefusedException {
    VerificationKey key =
        trusted
            .find(keyId)
            .orElseThrow(
                () ->
                    new SignatureRefusedException(
                        "`model.sig` is of a key that is not trusted: `"
                            + keyId.replaceAll("[^0-9a-f]", "?")
                            + "`"));
    if (!key.verifies(encoding(payload), signature)) {
      throw new SignatureRefusedException("the signature in `model.sig` does not verify");
    }
    return Statement.read(payload);
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asText());
  }

  /** DSSE's pre-authentication encoding. */
  private static byte[] encoding(byte[] payload) {
    ByteArrayOutputStream encoding = new ByteArrayOutputStream(payload.length + 64);
    encoding.writeBytes(
        ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
            .getBytes(StandardCharsets.US_ASCII));
    encoding.writeBytes(payload);
    return encoding.toByteArray();
  }
}
