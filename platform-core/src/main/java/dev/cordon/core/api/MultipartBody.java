package dev.cordon.core.api;

import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a {@code multipart/form-data} body (RFC 7578 and 2046), read in memory so that no
 * image touches the disk. What is not well-formed is refused, never mended.
 */
final class MultipartBody {
  private static final int MOST_PARTS = 16;
  private static final int MOST_HEADER_BYTES = 4_000;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");
  private static final Pattern HEADER = Pattern.compile("(" + TOKEN + "):(.*)");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[ \t]*;[ \t]*(" + TOKEN + ")=(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|(" + TOKEN + "))[ \t]*");
  private static final Pattern TYPE = Pattern.compile(TOKEN + "/" + TOKEN);

  private final byte[] body;
  private final byte[] delimiter;
  private final List<Part> parts = new ArrayList<>();
  private int at;

  private MultipartBody(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /** One part: its name, empty for none, its charset, and where its content stands in the body. */
  record Part(String name, Charset charset, byte[] body, int from, int to) {
    int size() {
      return to - from;
    }

    byte[] bytes() {
      return Arrays.copyOfRange(body, from, to);
    }

    /** The text in UTF-8, whatever it was sent in. */
    byte[] text() {
      return charset.equals(StandardCharsets.UTF_8)
          ? bytes()
          : new String(body, from, size(), charset).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** All parts in their order; a boundary that is null is one that is missing. */
  static List<Part> parts(byte[] body, String boundary) {
    if (boundary == null || !BOUNDARY.matcher(boundary).matches()) {
      throw malformed();
    }
    MultipartBody form = new MultipartBody(body, boundary);
    form.read();
    return form.parts;
  }

  private void read() {
    // The first delimiter may lack the line break that belongs to all others.
    at = startsWith(0, 2) ? delimiter.length - 2 : next(0) + delimiter.length;
    while (!isEnd()) {
      expectLine();
      if (parts.size() == MOST_PARTS) {
        throw malformed();
      }
      Map<String, String> headers = headers();
      int from = at;
      int to = next(from > 1 ? from - 2 : from);
      parts.add(part(headers, from, Math.max(from, to)));
      at = to + delimiter.length;
    }
  }

  private Part part(Map<String, String> headers, int from, int to) {
    String disposition = headers.getOrDefault("content-disposition", "");
    Map<String, String> parameters = parameters(disposition, "form-data");
    String encoding = headers.getOrDefault("content-transfer-encoding", "binary");
    if (!encoding.toLowerCase(Locale.ROOT).matches("binary|8bit|7bit")) {
      throw malformed();
    }
    Charset charset = StandardCharsets.UTF_8;
    String type = headers.get("content-type");
    if (type != null) {
      Matcher start = TYPE.matcher(type);
      if (!start.lookingAt()) {
        throw malformed();
      }
      charset = charset(parameters(type, start.group()).getOrDefault("charset", "utf-8"));
    }
    return new Part(parameters.getOrDefault("name", ""), charset, body, from, to);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    int start = at;
    for (String line = line(start); !line.isEmpty(); line = line(start)) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()
          || headers.put(header.group(1).toLowerCase(Locale.ROOT), header.group(2).strip())
              != null) {
        throw malformed();
      }
    }
    return headers;
  }

  /** The line that begins here, without its end; the next one begins behind it. */
  private String line(int start) {
    int end = at;
    while (end + 1 < body.length && !(body[end] == '\r' && body[end + 1] == '\n')) {
      end++;
      if (end - start > MOST_HEADER_BYTES) {
        throw malformed();
      }
    }
    if (end + 1 >= body.length) {
      throw malformed();
    }
    String line = new String(body, at, end - at, StandardCharsets.UTF_8);
    at = end + 2;
    return line;
  }

  private static Map<String, String> parameters(String value, String start) {
    if (!value.regionMatches(true, 0, start, 0, start.length())) {
      throw malformed();
    }
    Map<String, String> parameters = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(value).region(start.length(), value.length());
    int end = start.length();
    while (parameter.lookingAt()) {
      String quoted = parameter.group(2);
      String plain = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      if (parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), plain) != null) {
        throw malformed();
      }
      end = parameter.end();
      parameter.region(end, value.length());
    }
    if (end != value.length()) {
      throw malformed();
    }
    return parameters;
  }

  /** Behind a delimiter: two dashes end the form. */
  private boolean isEnd() {
    return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
  }

  /** Behind a delimiter: blanks, then the end of the line. */
  private void expectLine() {
    if (!line(at).isBlank()) {
      throw malformed();
    }
  }

  private int next(int from) {
    for (int i = from; i + delimiter.length <= body.length; i++) {
      if (body[i] == '\r' && startsWith(i, 0)) {
        return i;
      }
    }
    throw malformed();
  }

  private boolean startsWith(int from, int skipped) {
    int length = delimiter.length - skipped;
    return from + length <= body.length
        && Arrays.equals(body, from, from + length, delimiter, skipped, delimiter.length);
  }

  private static Problem malformed() {
    return Problem.of(Code.INVALID_REQUEST, "the body is not well-formed `multipart/form-data`");
  }
}
