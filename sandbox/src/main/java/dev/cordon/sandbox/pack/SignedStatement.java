package dev.cordon.sandbox.pack;

import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code plugin.sig}: a statement of one line a file, in {@code sha256sum}'s form and the
 * order of the names, signed.
 */
record SignedStatement(SortedMap<String, String> digests, SignedText text) {
  static final String FILE = "plugin.sig";
  private static final String TITLE = "cordon plugin package 1\n";
  private static final Pattern FORM =
      Pattern.compile(TITLE + "((?:[0-9a-f]{64}  [^ \n]{1,128}\n){1,64})");

  static SignedStatement sign(SortedMap<String, String> digests, SigningKey key) {
    return new SignedStatement(digests, SignedText.sign(statement(digests), key));
  }

  byte[] write() {
    return text.write();
  }

  /** One way only to write a statement: what would be written otherwise is refused. */
  static SignedStatement read(byte[] bytes) throws PluginPackageException {
    SignedText text =
        SignedText.read(bytes).orElseThrow(() -> malformed("is not a signed statement"));
    Matcher form = FORM.matcher(text.statement());
    if (!form.matches()) {
      throw malformed("is not a signed statement");
    }
    SortedMap<String, String> digests = new TreeMap<>();
    form.group(1).lines().forEach(line -> digests.put(line.substring(66), line.substring(0, 64)));
    if (!statement(digests).equals(text.statement())) {
      throw malformed("is not in its one form: names in order, each once");
    }
    return new SignedStatement(digests, text);
  }

  /** Of the bytes that are signed. */
  String digest() {
    return text.digest();
  }

  String keyId() {
    return text.keyId();
  }

  void verify(TrustedPublishers trusted) throws PluginPackageException {
    switch (text.standing(trusted)) {
      case SOUND -> {}
      case STRANGER ->
          throw new PluginPackageException(
              Reason.STRANGER, "`" + FILE + "` is of a key that is not trusted: `" + keyId() + "`");
      case CHANGED ->
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
