package dev.cordon.models.oip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.oip.BadServer.Answer;
import dev.cordon.models.oip.TargetException.Kind;
import dev.cordon.models.oip.stub.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import dev.cordon.models.oip.stub.ServerLiveRequest;
import dev.cordon.models.oip.stub.ServerLiveResponse;
import dev.cordon.models.onnx.Cancellation;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends show who they are, over REST and over gRPC; a stranger gets nothing. */
class OipTlsIT {
  @TempDir private static Path folder;
  private static TestKeys server;
  private static TestKeys client;
  private static TestKeys stranger;
  private static BadServer rest;
  private static Server grpc;

  private static final class Live extends GRPCInferenceServiceImplBase {
    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> to) {
      to.onNext(ServerLiveResponse.newBuilder().setLive(true).build());
      to.onCompleted();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = TestKeys.make(folder, "server");
    client = TestKeys.make(folder, "client");
    stranger = TestKeys.make(folder, "stranger");
    rest = new BadServer((_, _) -> Answer.of(200, ""), server.trusting(client));
    ServerCredentials own =
        TlsServerCredentials.newBuilder()
            .keyManager(server.certificate().toFile(), server.key().toFile())
            .trustManager(client.certificate().toFile())
            .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
            .build();
    grpc = Grpc.newServerBuilderForPort(0, own).addService(new Live()).build().start();
  }

  @AfterAll
  static void stop() {
    rest.close();
    grpc.shutdownNow();
  }

  private static boolean isLive(String scheme, TargetOptions.Tls tls) throws Exception {
    int port = scheme.equals("https") ? rest.uri().getPort() : grpc.getPort();
    URI uri = URI.create(scheme + "://127.0.0.1:" + port);
    TargetOptions options =
        new TargetOptions(uri, "m", null, tls, null, Duration.ofSeconds(20), 1, 1, null);
    try (OipTarget target = OipTarget.open(options)) {
      return target.isLive(Cancellation.none());
    }
  }

  private static TargetOptions.Tls as(TestKeys keys) {
    return new TargetOptions.Tls(server.certificate(), keys.certificate(), keys.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "grpcs"})
  void whoIsKnownIsLetIn(String scheme) throws Exception {
    assertTrue(isLive(scheme, as(client)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "grpcs"})
  void strangersAreKeptOutOnBothEnds(String scheme) {
    TargetOptions.Tls nobody = new TargetOptions.Tls(server.certificate(), null, null);
    TargetOptions.Tls elsewhere =
        new TargetOptions.Tls(stranger.certificate(), client.certificate(), client.key());
    for (TargetOptions.Tls tls : new TargetOptions.Tls[] {as(stranger), nobody, elsewhere, null}) {
      TargetException e = assertThrows(TargetException.class, () -> isLive(scheme, tls));
      assertEquals(Kind.UNREACHABLE, e.kind());
    }
  }

  @Test
  void filesThatAreNotWhatTheyShouldBeAreRefusedByTheirSetting() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "no key and no certificate");
    assertSetting("tls.authorities", new TargetOptions.Tls(other, null, null));
    assertSetting("tls.authorities", new TargetOptions.Tls(folder.resolve("missing"), null, null));
    assertSetting(
        "tls.key", new TargetOptions.Tls(server.certificate(), client.certificate(), other));
    assertSetting(
        "tls.certificate", new TargetOptions.Tls(server.certificate(), other, client.key()));
  }

  private static void assertSetting(String setting, TargetOptions.Tls tls) {
    TargetException e = assertThrows(TargetException.class, () -> isLive("https", tls));
    assertEquals("the file of `" + setting + "` is not what it should be", e.getMessage());
  }
}
