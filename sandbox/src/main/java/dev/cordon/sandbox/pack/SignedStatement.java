package dev.cordon.sandbox.pack;

import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code plugin.sig}: a statement of one line a file, in {@code sha256sum}'s form and the
 * order of the names, then the key's id and its signature over the statement.
 */
record SignedStatement(SortedMap<String, String> digests, String keyId, byte[] signature) {
  static final String FILE = "plugin.sig";
  private static final String TITLE = "cordon plugin package 1\n";
  private static final Pattern FORM =
      Pattern.compile(
          TITLE
              + "((?:[0-9a-f]{64}  [^ \n]{1,128}\n){1,64})\n"
              + "key ([0-9a-f]{64})\ned25519 ([A-Za-z0-9+/]{86}==)\n");

  static SignedStatement sign(SortedMap<String, String> digests, SigningKey key) {
    return new SignedStatement(
        digests,
        key.publicHalf().id(),
        key.sign(statement(digests).getBytes(StandardCharsets.US_ASCII)));
  }

  byte[] write() {
    String text =
        statement(digests)
            + "\nkey "
            + keyId
            + "\ned25519 "
            + Base64.getEncoder().encodeToString(signature)
            + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** One way only to write a statement: what would be written otherwise is refused. */
  static SignedStatement read(byte[] bytes) throws PluginPackageException {
    Matcher form = FORM.matcher(new String(bytes, StandardCharsets.US_ASCII));
    if (!form.matches()) {
      throw malformed("is not a signed statement");
    }
    SortedMap<String, String> digests = new TreeMap<>();
    form.group(1).lines().forEach(line -> digests.put(line.substring(66), line.substring(0, 64)));
    SignedStatement read =
        new SignedStatement(digests, form.group(2), Base64.getDecoder().decode(form.group(3)));
    if (!Arrays.equals(read.write(), bytes)) {
      throw malformed("is not in its one form: names in order, each once");
    }
    return read;
  }

  /** Of the bytes that are signed. */
  String digest() {
    return Sha256.of(statement(digests).getBytes(StandardCharsets.US_ASCII));
  }

  void verify(TrustedPublishers trusted) throws PluginPackageException {
    PublisherKey key =
        trusted
            .find(keyId)
            .orElseThrow(
                () ->
                    new PluginPackageException(
                        Reason.STRANGER,
                        "`" + FILE + "` is of a key that is not trusted: `" + keyId + "`"));
    if (!key.verifies(statement(digests).getBytes(StandardCharsets.US_ASCII), signature)) {
      throw new PluginPackageException(
          Reason.CHANGED, "the signature in `" + FILE + "` does not verify");
    }
  }

  private static String statement(SortedMap<String, String> digests) {
    StringBuilder text = new StringBuilder(TITLE);
    digests.forEach((name, digest) -> text.append(digest).append("  ").append(name).append('\n'));
    return text.toString();
  }

  private static PluginPackageException malformed(String what) {
    return new PluginPackageException(Reason.MALFORMED, "`" + FILE + "` " + what);
  }
}
