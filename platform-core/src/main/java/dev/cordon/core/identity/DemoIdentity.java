package dev.cordon.core.identity;

import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/**
 * Signs tokens for a host on loopback with a key in the data folder. The host verifies them by the
 * same OIDC code path as anyone's tokens; whoever can read the key file can act as anyone on this
 * host.
 */
public final class DemoIdentity {
  public static final String ISSUER = "https://cordon.local/demo";
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final PrivateKey key;

  private DemoIdentity(PrivateKey key) {
    this.key = key;
  }

  /** Opens the identity of a data folder, making its key when there is none yet. */
  public static DemoIdentity openOrCreate(Path data) throws IOException {
    Path file = keyFile(data);
    if (!Files.exists(file)) {
      create(file);
    }
    return open(data);
  }

  /** Opens the identity of a data folder that a host has used before. */
  public static DemoIdentity open(Path data) throws IOException {
    try {
      byte[] der = Base64.getMimeDecoder().decode(Files.readString(keyFile(data)).strip());
      return new DemoIdentity(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("`" + keyFile(data) + "` is not a key", e);
    }
  }

  /** The public half, base64 of its X.509 encoding. */
  public String publicKey() {
    try {
      RSAPrivateCrtKey crt = (RSAPrivateCrtKey) key;
      return Base64.getEncoder()
          .encodeToString(
              KeyFactory.getInstance("RSA")
                  .generatePublic(new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent()))
                  .getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no RSA", e);
    }
  }

  /** A token for one hour. */
  public String token(String tenant, Set<String> roles, String audience) {
    return token("demo", tenant, roles, audience);
  }

  /** A token for one hour of somebody else, to try out what takes two persons. */
  public String token(String subject, String tenant, Set<String> roles, String audience) {
    return Jwt.issuer(ISSUER)
        .subject(subject)
        .audience(audience)
        .groups(roles)
        .claim("tenant", tenant)
        .expiresIn(LIFETIME)
        .sign(key);
  }

  static Path keyFile(Path data) {
    return data.resolve("identity").resolve("demo.key");
  }

  private static void create(Path file) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path draft =
          Files.createTempFile(
              file.getParent(),
              "demo",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no RSA", e);
    }
  }
}
