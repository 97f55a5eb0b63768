package dev.cordon.models.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A hub on loopback; the path of a request says how it misbehaves. */
final class HubServer implements AutoCloseable {
  /** Bytes that a silent server sends before it falls silent. */
  static final int SILENT_AFTER = 5_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final byte[] content;

  HubServer(byte[] content) throws IOException {
    this(content, HttpServer.create(anyPort(), 0));
  }

  /** The same behind TLS. */
  HubServer(byte[] content, SSLContext tls) throws IOException {
    this(content, secure(tls));
  }

  private HubServer(byte[] content, HttpServer server) {
    this.content = content;
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private static HttpServer secure(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  URI at(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Every request so far: its path, and the range it asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    String range = call.getRequestHeaders().getFirst("Range");
    requests.add(range == null ? path : path + " " + range);
    try (call) {
      switch (path) {
        case "/good" -> send(call, range, Integer.MAX_VALUE);
        case "/cut" -> send(call, range, 100_000);
        case "/without-ranges" -> send(call, null, Integer.MAX_VALUE);
        case "/silent" -> silent(call, range);
        case "/busy" -> call.sendResponseHeaders(503, -1);
        case "/busy-twice" -> {
          if (requests.size() <= 2) {
            call.sendResponseHeaders(429, -1);
          } else {
            send(call, range, Integer.MAX_VALUE);
          }
        }
        case "/moved" -> lead(call, "/good");
        case "/to" -> lead(call, call.getRequestURI().getQuery());
        case "/loop" -> lead(call, "/loop");
        case "/to-file" -> lead(call, "file:///etc/passwd");
        case "/to-ftp" -> lead(call, "ftp://127.0.0.1/model.onnx");
        case "/to-nowhere" -> lead(call, "http://[not an address");
        case "/forbidden" -> call.sendResponseHeaders(403, -1);
        default -> call.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void lead(HttpExchange call, String to) throws IOException {
    call.getResponseHeaders().add("Location", to);
    call.sendResponseHeaders(302, -1);
  }

  /** Announces all that is left and sends at most so much of it. */
  private void send(HttpExchange call, String range, int most) throws IOException {
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from > 0) {
      call.getResponseHeaders()
          .add(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    int left = content.length - from;
    call.sendResponseHeaders(from > 0 ? 206 : 200, left);
    call.getResponseBody().write(content, from, Math.min(left, most));
  }

  private void silent(HttpExchange call, String range) throws IOException {
    if (range == null) {
      call.sendResponseHeaders(200, content.length);
      call.getResponseBody().write(content, 0, SILENT_AFTER);
      call.getResponseBody().flush();
    }
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException("stopped", e));
    }
  }
}
