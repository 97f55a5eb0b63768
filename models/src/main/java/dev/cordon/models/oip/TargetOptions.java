package dev.cordon.models.oip;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Where one model runs and how it is reached. Without TLS only this machine is spoken to.
 *
 * @param uri {@code http} or {@code https} for REST, with the path before {@code /v2} if there is
 *     one; {@code grpc} or {@code grpcs} for gRPC
 * @param version null for the one that the server chooses
 * @param tls null for the authorities that Java trusts, and no certificate of ours
 * @param credentials null where the target takes no token
 * @param most the longest that a call takes, retries included, whatever the caller's deadline
 * @param attempts how often a call is tried, at most
 * @param batch most inputs of one call, where the package batches exactly
 * @param hedge when a call has taken so long it is sent once more, and the first answer counts;
 *     null: never
 */
public record TargetOptions(
    URI uri,
    String model,
    String version,
    Tls tls,
    Credentials credentials,
    Duration most,
    int attempts,
    int batch,
    Duration hedge) {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  public TargetOptions {
    requireSafe("uri", uri, Set.of("http", "grpc"), Set.of("https", "grpcs"));
    boolean isGrpc = uri.getScheme().startsWith("grpc");
    if (isGrpc && (uri.getPort() < 1 || !uri.getPath().isEmpty())) {
      throw new IllegalArgumentException("`uri` for gRPC has a port and no path");
    }
    if (model == null || model.isBlank() || (version != null && version.isBlank())) {
      throw new IllegalArgumentException("`model` or `version` is blank");
    }
    if (most == null || !most.isPositive() || attempts < 1 || attempts > 5 || batch < 1) {
      throw new IllegalArgumentException("`most`, `attempts` (up to 5) or `batch` is out of range");
    }
    if (hedge != null && (!hedge.isPositive() || hedge.compareTo(most) >= 0)) {
      throw new IllegalArgumentException("`hedge` is not shorter than the deadline");
    }
  }

  /** A target that is tried up to three times within ten seconds, eight inputs a call. */
  public static TargetOptions of(URI uri, String model) {
    return new TargetOptions(uri, model, null, null, null, Duration.ofSeconds(10), 3, 8, null);
  }

  boolean isGrpc() {
    return uri.getScheme().startsWith("grpc");
  }

  boolean isEncrypted() {
    return uri.getScheme().endsWith("s");
  }

  /**
   * PEM files.
   *
   * @param authorities certificates of the authorities that may vouch for the target
   * @param certificate our certificate and its chain, or null
   * @param key our key in PKCS #8, or null
   */
  public record Tls(Path authorities, Path certificate, Path key) {
    public Tls {
      if (authorities == null || (certificate == null) != (key == null)) {
        throw new IllegalArgumentException("`tls` needs authorities, and certificate with key");
      }
    }
  }

  /**
   * OAuth 2.0 client credentials, asked for with the same TLS as the target.
   *
   * @param tokens the token endpoint
   * @param scope null to ask for none
   */
  public record Credentials(URI tokens, String client, String secret, String scope) {
    public Credentials {
      requireSafe("credentials.tokens", tokens, Set.of("http"), Set.of("https"));
      if (client == null || client.isBlank() || secret == null || secret.isBlank()) {
        throw new IllegalArgumentException("`credentials` needs a client and its secret");
      }
    }

    /** A secret is not for printing. */
    @Override
    public String toString() {
      return "Credentials[" + client + "]";
    }
  }

  private static void requireSafe(String name, URI uri, Set<String> plain, Set<String> encrypted) {
    String scheme = uri == null || uri.getScheme() == null ? "" : uri.getScheme();
    if (uri == null || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException("`" + name + "` does not name a host alone");
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("`" + name + "` has a query or fragment");
    }
    boolean isFit =
        encrypted.contains(scheme) || (plain.contains(scheme) && HERE.contains(uri.getHost()));
    if (!isFit) {
      throw new IllegalArgumentException(
          "`" + name + "` is not one of " + encrypted + ", without TLS only on this machine");
    }
  }
}
