package dev.cordon.models.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.oip.TargetException.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Tokens by the client credentials grant, each used until shortly before it expires. */
final class ClientCredentials implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 16;
  private static final long MOST_SECONDS = 3600;
  private static final long EARLY_SECONDS = 30;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TargetOptions.Credentials settings;
  private final HttpClient http;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Token known;

  private record Token(String value, long end) {
    boolean isGood() {
      return end - System.nanoTime() > 0;
    }
  }

  ClientCredentials(TargetOptions.Credentials settings, PemFiles tls) {
    this.settings = settings;
    this.http = RestTransport.client(tls);
  }

  /** A token that is good for now; one call asks for a new one while others wait. */
  String token(Call call) throws TargetException {
    Token token = known;
    if (token != null && token.isGood()) {
      return token.value();
    }
    lock(call);
    try {
      if (known == null || !known.isGood()) {
        known = ask(call);
      }
      return known.value();
    } finally {
      asking.unlock();
    }
  }

  /** The target did not accept this token, so it is not used again. */
  void forget(String refused) {
    Token token = known;
    if (token != null && token.value().equals(refused)) {
      known = null;
    }
  }

  private void lock(Call call) throws TargetException {
    try {
      if (asking.tryLock(call.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw Call.over();
  }

  private Token ask(Call call) throws TargetException {
    String form = "grant_type=client_credentials";
    if (settings.scope() != null) {
      form += "&scope=" + encoded(settings.scope());
    }
    String user = encoded(settings.client()) + ":" + encoded(settings.secret());
    HttpRequest request =
        HttpRequest.newBuilder(settings.tokens())
            .timeout(call.remaining())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
            .POST(BodyPublishers.ofString(form))
            .build();
    long asked = System.nanoTime();
    HttpResponse<byte[]> response = RestTransport.send(http, request, MOST_BYTES, call);
    if (response.statusCode() >= 500 || response.statusCode() == 429) {
      throw new TargetException(Kind.OVERLOADED, "the token endpoint does not answer now");
    }
    if (response.statusCode() != 200) {
      throw new TargetException(Kind.UNAUTHENTICATED, "the token endpoint gave no token");
    }
    return read(response.body(), asked);
  }

  private static Token read(byte[] body, long asked) throws TargetException {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (IOException _) {
      throw TensorBytes.malformed("the token endpoint does not answer in JSON");
    }
    String value = answer.path("access_token").asText();
    boolean isBearer = "bearer".equalsIgnoreCase(answer.path("token_type").asText());
    // What RFC 6750 lets a bearer token be; anything else could break out of its header.
    if (!isBearer || !value.matches("[A-Za-z0-9._~+/-]+=*")) {
      throw TensorBytes.malformed("the token endpoint gave no bearer token");
    }
    long life = Math.clamp(answer.path("expires_in").asLong(0), 0, MOST_SECONDS);
    long early = Math.min(EARLY_SECONDS, life / 2);
    return new Token(value, asked + TimeUnit.SECONDS.toNanos(life - early));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
