package dev.cordon.sandbox.pack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One PEM block, as OpenSSL writes it. */
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  static String write(String type, byte[] der) {
    String body =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }

  static byte[] read(String type, String text) {
    Matcher block =
        Pattern.compile(
                "-----BEGIN " + type + "-----\\s(.*?)-----END " + type + "-----", Pattern.DOTALL)
            .matcher(text);
    if (!block.find()) {
      throw new IllegalArgumentException("there is no PEM block `" + type + "`");
    }
    return Base64.getMimeDecoder().decode(block.group(1));
  }
}
