package dev.cordon.models.oip;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server that answers as it is told; for what real servers do not do on demand. */
public final class BadServer implements AutoCloseable {
  private final HttpServer server;
  private final Script script;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  /** What came. */
  public record Request(String path, String authorization, String body) {}

  /** What goes back; null means nothing, ever. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    public static Answer json(String body) {
      return of(200, body.replace('\'', '"'));
    }

    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Answers the request with this number, from 1. */
  public interface Script {
    Answer answer(int number, Request request);
  }

  public BadServer(Script script) throws IOException {
    this(script, HttpServer.create(anyPort(), 0));
  }

  /** One that wants to know who calls. */
  public BadServer(Script script, SSLContext tls) throws IOException {
    this(script, secure(tls));
  }

  private BadServer(Script script, HttpServer server) {
    this.script = script;
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static HttpServer secure(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters own = getSSLContext().getDefaultSSLParameters();
            own.setNeedClientAuth(true);
            parameters.setSSLParameters(own);
          }
        });
    return server;
  }

  public URI uri() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      int number;
      synchronized (requests) {
        requests.add(request);
        number = requests.size();
      }
      Answer answer = script.answer(number, request);
      if (answer == null) {
        closed.await();
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
