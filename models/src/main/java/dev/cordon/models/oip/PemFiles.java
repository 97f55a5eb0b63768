package dev.cordon.models.oip;

import dev.cordon.models.oip.TargetException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who is trusted and, where the target asks for it, who we are; read once from PEM files.
 *
 * @param trusted certificates of the authorities that may vouch for a target
 * @param key PKCS #8, or null where the target asks for no certificate
 */
record PemFiles(List<X509Certificate> trusted, PrivateKey key, List<X509Certificate> chain) {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  /** Reads what the settings name; what cannot be read is refused by its setting. */
  static PemFiles read(TargetOptions.Tls tls) throws TargetException {
    List<X509Certificate> trusted = certificates("authorities", tls.authorities());
    return tls.key() == null
        ? new PemFiles(trusted, null, List.of())
        : new PemFiles(trusted, key(tls.key()), certificates("certificate", tls.certificate()));
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("authority-" + i, trusted.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Null where we have no key. */
  KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
    if (key == null) {
      return null;
    }
    KeyStore store = empty();
    store.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<X509Certificate> certificates(String setting, Path file)
      throws TargetException {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        found.add((X509Certificate) each);
      }
    } catch (IOException | GeneralSecurityException _) {
      throw unreadable(setting);
    }
    if (found.isEmpty()) {
      throw unreadable(setting);
    }
    return List.copyOf(found);
  }

  private static PrivateKey key(Path file) throws TargetException {
    try {
      String pem = Files.readString(file);
      int from = pem.indexOf(BEGIN);
      int to = pem.indexOf(END);
      if (from < 0 || to < from) {
        throw unreadable("key");
      }
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(from + BEGIN.length(), to));
      for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException _) {
          // The next algorithm may know it.
        }
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException _) {
      throw unreadable("key");
    }
    throw unreadable("key");
  }

  private static TargetException unreadable(String setting) {
    return new TargetException(
        Kind.REFUSED, "the file of `tls." + setting + "` is not what it should be");
  }

  /** A key is not for printing. */
  @Override
  public String toString() {
    return "PemFiles[" + trusted.size() + " authorities]";
  }
}
