package dev.cordon.models.oip;

import dev.cordon.models.oip.OipTensor.Values;
import dev.cordon.models.oip.RestMessages.Form;
import dev.cordon.models.oip.TargetException.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * The protocol over HTTP/1.1 with kept connections. Tensors go as bytes where the server says that
 * it takes them, else as JSON; redirects and compressed answers are refused.
 */
final class RestTransport implements Inference.Transport {
  private static final String HEADER_LENGTH = "Inference-Header-Content-Length";
  private static final int MOST_DESCRIPTION = 1 << 18;

  private final HttpClient http;
  private final String root;
  private volatile Form form;

  RestTransport(URI target, PemFiles tls) {
    this.root = target.toString().replaceAll("/+$", "");
    this.http = client(tls);
  }

  /** A client that goes nowhere but where it is told. */
  static HttpClient client(PemFiles tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    return (tls == null ? builder : builder.sslContext(tls.context())).build();
  }

  @Override
  public boolean live(Call call) throws TargetException {
    return healthy("/v2/health/live", call);
  }

  @Override
  public boolean ready(Call call) throws TargetException {
    return healthy("/v2/health/ready", call);
  }

  @Override
  public boolean modelReady(String model, String version, Call call) throws TargetException {
    return healthy(path(model, version) + "/ready", call);
  }

  private boolean healthy(String path, Call call) throws TargetException {
    HttpResponse<byte[]> response =
        send(http, request(path, call).GET().build(), MOST_DESCRIPTION, call);
    return switch (response.statusCode()) {
      case 200 -> true;
      case 401, 403 -> throw unlike(response);
      default -> false;
    };
  }

  @Override
  public Described.Server server(Call call) throws TargetException {
    return RestMessages.server(
        ok(send(http, request("/v2", call).GET().build(), MOST_DESCRIPTION, call)));
  }

  @Override
  public Described.Model model(String model, String version, Call call) throws TargetException {
    HttpRequest request = request(path(model, version), call).GET().build();
    // Another server may have taken the address.
    form = null;
    return RestMessages.model(ok(send(http, request, MOST_DESCRIPTION, call)));
  }

  @Override
  public Values infer(Inference inference, Call call) throws TargetException {
    Form now = form(call);
    RestMessages.Body body = RestMessages.request(inference, now);
    HttpRequest.Builder request =
        request(path(inference.model(), inference.version()) + "/infer", call)
            .POST(publisher(body));
    if (now == Form.BINARY) {
      request.header("Content-Type", "application/octet-stream");
      request.header(HEADER_LENGTH, Integer.toString(body.header().length));
    } else {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<byte[]> response =
        send(http, request.build(), inference.output().mostBytes(), call);
    byte[] answer = ok(response);
    String length = response.headers().firstValue(HEADER_LENGTH).orElse(null);
    return RestMessages.answer(
        answer, length == null ? answer.length : number(length), inference.output());
  }

  private static BodyPublisher publisher(RestMessages.Body body) {
    return BodyPublishers.concat(
        Stream.concat(Stream.of(body.header()), body.raw().stream())
            .map(BodyPublishers::ofByteArray)
            .toArray(BodyPublisher[]::new));
  }

  private Form form(Call call) throws TargetException {
    Form known = form;
    if (known == null) {
      known = server(call).takesBinary() ? Form.BINARY : Form.JSON;
      form = known;
    }
    return known;
  }

  private HttpRequest.Builder request(String path, Call call) throws TargetException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(root + path)).timeout(call.remaining());
    return call.token() == null
        ? builder
        : builder.header("Authorization", "Bearer " + call.token());
  }

  /** The whole answer; one over the limit is refused as it comes. */
  static HttpResponse<byte[]> send(HttpClient http, HttpRequest request, int most, Call call)
      throws TargetException {
    HttpResponse<byte[]> response;
    try {
      response =
          call.await(
              http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most)));
    } catch (ExecutionException e) {
      // A call that was ended sees its connection break.
      call.remaining();
      if (e.getCause() instanceof HttpTimeoutException) {
        throw Call.over();
      }
      if (String.valueOf(e.getCause().getMessage()).contains("exceeds capacity")) {
        throw TensorBytes.malformed("the answer is too long");
      }
      throw new TargetException(Kind.UNREACHABLE, "no connection, or it broke");
    }
    if (response.headers().firstValue("Content-Encoding").isPresent()) {
      throw TensorBytes.malformed("the answer is compressed");
    }
    return response;
  }

  /** The body of a good answer; what is in another is not read. */
  static byte[] ok(HttpResponse<byte[]> response) throws TargetException {
    if (response.statusCode() != 200) {
      throw unlike(response);
    }
    return response.body();
  }

  private static TargetException unlike(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    Kind kind =
        switch (status) {
          case 401, 403 -> Kind.UNAUTHENTICATED;
          case 429, 502, 503, 504 -> Kind.OVERLOADED;
          default -> Kind.REFUSED;
        };
    return new TargetException(kind, "the target answered with status " + status);
  }

  private static int number(String header) throws TargetException {
    try {
      return Integer.parseInt(header);
    } catch (NumberFormatException _) {
      throw TensorBytes.malformed("the length of the answer's header is not a number");
    }
  }

  private static String path(String model, String version) {
    String path = "/v2/models/" + escaped(model);
    return version == null ? path : path + "/versions/" + escaped(version);
  }

  private static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
