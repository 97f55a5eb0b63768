package dev.cordon.models.hub;

import dev.cordon.models.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;

/**
 * Fetches a file over HTTP so that it ends in the pinned bytes or not at all: continues a part that
 * is there already, tries again with growing pauses, follows few redirects and none from https to
 * plain http, and gives up on a server that falls silent.
 */
public final class Download {
  private static final int MOST_REDIRECTS = 5;
  private static final long MOST_BYTES = 8L << 30;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final Patience patience;

  public Download(Patience patience) {
    this.patience = patience;
  }

  /** How long a silent server is waited for, how often a try is repeated, and the first pause. */
  public record Patience(Duration silence, int tries, Duration pause) {
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(30), 6, Duration.ofSeconds(1));
  }

  /** Told how far a download is. */
  public interface Progress {
    void at(long done, long total);
  }

  /**
   * Fetches into the target; a part that could not be finished stays beside it for the next try.
   */
  public void fetch(URI from, Path target, Pinned pinned, Progress progress) throws IOException {
    if (Files.exists(target) && Sha256.of(target).equals(pinned.sha256())) {
      return;
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    boolean continued = Files.exists(part);
    IOException last = null;
    for (int attempt = 0; attempt < patience.tries(); attempt++) {
      pause(attempt);
      try {
        attempt(from, part, pinned, progress);
        if (Sha256.of(part).equals(pinned.sha256())) {
          Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
          return;
        }
        Files.delete(part);
        if (!continued) {
          throw new DownloadException("`" + from + "` does not have the pinned SHA-256");
        }
        // What an earlier run left may have been of another file: once more from the start.
        continued = false;
      } catch (DownloadException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException(
        "`"
            + from
            + "` could not be fetched in "
            + patience.tries()
            + " tries; last: "
            + said(last),
        last);
  }

  private static String said(IOException last) {
    return last == null || last.getMessage() == null ? "no answer" : last.getMessage();
  }

  private void pause(int attempt) throws IOException {
    if (attempt == 0) {
      return;
    }
    try {
      Thread.sleep(patience.pause().multipliedBy(1L << Math.min(attempt - 1, 6)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DownloadException("the download was interrupted");
    }
  }

  private void attempt(URI from, Path part, Pinned pinned, Progress progress) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    if (pinned.bytes() > 0 && have == pinned.bytes()) {
      return;
    }
    if (pinned.bytes() > 0 && have > pinned.bytes()) {
      Files.delete(part);
      have = 0;
    }
    HttpURLConnection answer = open(from, have);
    try {
      int status = answer.getResponseCode();
      switch (status) {
        case 200 -> save(answer, part, 0, pinned, progress);
        case 206 -> {
          String range = answer.getHeaderField("Content-Range");
          if (range == null || !range.startsWith("bytes " + have + "-")) {
            Files.deleteIfExists(part);
            throw new IOException("the server continued somewhere else");
          }
          save(answer, part, have, pinned, progress);
        }
        case 416 -> {
          Files.deleteIfExists(part);
          throw new IOException("the server has no such range");
        }
        default -> {
          if (TRY_AGAIN.contains(status)) {
            throw new IOException("the server answered " + status);
          }
          throw new DownloadException("`" + from + "` answered " + status);
        }
      }
    } finally {
      answer.disconnect();
    }
  }

  private HttpURLConnection open(URI from, long have) throws IOException {
    URI at = from;
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      HttpURLConnection connection = connect(at);
      if (have > 0) {
        connection.setRequestProperty("Range", "bytes=" + have + "-");
      }
      if (!REDIRECTS.contains(connection.getResponseCode())) {
        return connection;
      }
      URI next = target(at, connection.getHeaderField("Location"));
      connection.disconnect();
      if (at.getScheme().equals("https") && !"https".equals(next.getScheme())) {
        throw new DownloadException("`" + at + "` leads from https to plain http");
      }
      at = next;
    }
    throw new DownloadException("`" + from + "` leads on more than " + MOST_REDIRECTS + " times");
  }

  private static URI target(URI from, String location) throws DownloadException {
    try {
      return from.resolve(location == null ? "" : location);
    } catch (IllegalArgumentException e) {
      throw new DownloadException("`" + from + "` leads to no address");
    }
  }

  private HttpURLConnection connect(URI at) throws IOException {
    if (at.getHost() == null || !Set.of("http", "https").contains(at.getScheme())) {
      throw new DownloadException("`" + at + "` is not an http or https address");
    }
    HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) patience.silence().toMillis());
    connection.setReadTimeout((int) patience.silence().toMillis());
    connection.setRequestProperty("User-Agent", "cordon");
    // A compressed answer would have other bytes and no ranges.
    connection.setRequestProperty("Accept-Encoding", "identity");
    return connection;
  }

  private static void save(
      HttpURLConnection answer, Path part, long from, Pinned pinned, Progress progress)
      throws IOException {
    long announced = answer.getContentLengthLong();
    long total = pinned.bytes() > 0 ? pinned.bytes() : announced < 0 ? 0 : from + announced;
    long most = pinned.bytes() > 0 ? pinned.bytes() : MOST_BYTES;
    long done = from;
    try (InputStream in = answer.getInputStream();
        OutputStream out =
            Files.newOutputStream(
                part,
                StandardOpenOption.CREATE,
                from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND)) {
      byte[] chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        done += n;
        if (done > most) {
          throw new DownloadException("the server sends more than the " + most + " pinned bytes");
        }
        out.write(chunk, 0, n);
        progress.at(done, total);
      }
    }
    if (done < total) {
      throw new IOException("the connection ended after " + done + " of " + total + " bytes");
    }
  }
}
