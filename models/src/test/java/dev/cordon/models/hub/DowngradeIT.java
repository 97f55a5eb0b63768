package dev.cordon.models.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.digest.Sha256;
import dev.cordon.models.hub.Download.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redirects between a hub with TLS and one without, both on loopback. */
@Tag("R47")
class DowngradeIT {
  private static final byte[] CONTENT = "the bytes of a model".getBytes();
  private static final Pinned PINNED = new Pinned(Sha256.of(CONTENT), CONTENT.length);
  private static final char[] PASSWORD = "test-only".toCharArray();

  private final Download download =
      new Download(new Patience(Duration.ofSeconds(5), 2, Duration.ofMillis(1)));
  private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
  @TempDir Path folder;
  private HubServer plain;
  private HubServer secure;
  private Path target;

  @BeforeEach
  void start() throws Exception {
    SSLContext tls = tls(folder.resolve("tls.p12"));
    HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
    plain = new HubServer(CONTENT);
    secure = new HubServer(CONTENT, tls);
    target = folder.resolve("model.onnx");
  }

  @AfterEach
  void stop() {
    HttpsURLConnection.setDefaultSSLSocketFactory(before);
    plain.close();
    secure.close();
  }

  @Test
  void refusesToGoFromHttpsToPlainHttp() {
    URI from = secure.at("/to?" + plain.at("/good"));

    String why = assertThrows(DownloadException.class, () -> fetch(from)).getMessage();

    assertTrue(why.contains("leads from https to plain http"), why);
    assertEquals(List.of(), plain.requests());
    assertEquals(List.of("/to"), secure.requests());
    assertFalse(Files.exists(target));
  }

  @Test
  void refusesItOnALaterHopToo() {
    URI from = plain.at("/to?" + secure.at("/to"));

    assertThrows(DownloadException.class, () -> fetch(URI.create(from + "?" + plain.at("/good"))));
    assertEquals(List.of("/to"), plain.requests());
  }

  @Test
  void followsFromHttpToHttps() throws IOException {
    fetch(plain.at("/to?" + secure.at("/good")));

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of("/good"), secure.requests());
  }

  @Test
  void followsFromHttpsToHttps() throws IOException {
    fetch(secure.at("/moved"));

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
  }

  @Test
  void refusesACertificateThatNobodyTrusts() {
    HttpsURLConnection.setDefaultSSLSocketFactory(before);

    assertThrows(IOException.class, () -> fetch(secure.at("/good")));
    assertFalse(Files.exists(target));
  }

  private void fetch(URI from) throws IOException {
    download.fetch(from, target, PINNED, (done, total) -> {});
  }

  /** A certificate for 127.0.0.1 that only this test trusts. */
  private static SSLContext tls(Path store) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "hub",
                "-keyalg",
                "EC",
                "-dname",
                "CN=hub",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertEquals(0, made.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("hub", keys.getCertificate("hub"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return tls;
  }
}
