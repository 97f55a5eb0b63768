package dev.cordon.models.oip;

import dev.cordon.models.manifest.Batching;
import dev.cordon.models.manifest.ModelManifest;
import dev.cordon.models.oip.OipTensor.Values;
import dev.cordon.models.oip.TargetException.Kind;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.ImageVectors;
import dev.cordon.models.onnx.PackageTokenizer;
import dev.cordon.models.onnx.TextVectors;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.tokenizer.TextTokenizer;
import dev.cordon.spi.PluginException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One model on one server. Safe for many threads, which share its connections; a call ends by its
 * deadline, its retries included. Sends a second copy of a slow call where it is told to, and goes
 * to no other target.
 */
public final class OipTarget implements AutoCloseable {
  /** What a gRPC server takes unless it is told otherwise, less some for names. */
  private static final int MOST_BYTES = (4 << 20) - (64 << 10);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private final TargetOptions options;
  private final Inference.Transport transport;
  private final ClientCredentials credentials;

  private OipTarget(
      TargetOptions options, Inference.Transport transport, ClientCredentials credentials) {
    this.options = options;
    this.transport = transport;
    this.credentials = credentials;
  }

  /** Reads the keys; connects with the first call. */
  public static OipTarget open(TargetOptions options) throws TargetException {
    PemFiles tls = options.tls() == null ? null : PemFiles.read(options.tls());
    return new OipTarget(
        options,
        options.isGrpc() ? new GrpcTransport(options, tls) : new RestTransport(options.uri(), tls),
        options.credentials() == null ? null : new ClientCredentials(options.credentials(), tls));
  }

  /** Whether the server runs. */
  public boolean isLive(Cancellation caller) throws TargetException {
    return says(caller, transport::live);
  }

  /** Whether the server takes calls and this model with it. */
  public boolean isReady(Cancellation caller) throws TargetException {
    return says(caller, transport::ready)
        && says(caller, call -> transport.modelReady(options.model(), options.version(), call));
  }

  /** Some servers refuse the question where others answer no. */
  private boolean says(Cancellation caller, Attempt<Boolean, RuntimeException> question)
      throws TargetException {
    try {
      return tried(caller, question);
    } catch (TargetException e) {
      if (e.kind() == Kind.REFUSED) {
        return false;
      }
      throw e;
    }
  }

  /** The package's image tower here, once the model is found to have its inputs and outputs. */
  public CheckedTower<ImageVectors> imageTower(ModelPackage pack, Cancellation caller)
      throws TargetException {
    ModelManifest manifest = pack.manifest();
    TowerCheck.images(describe(caller), manifest.image());
    return new RemoteImageTower(this, manifest.image(), manifest.dimension());
  }

  /** The package's text tower here, likewise; texts are split into tokens in this process. */
  public CheckedTower<TextVectors> textTower(ModelPackage pack, Cancellation caller)
      throws TargetException, ModelPackageException {
    ModelManifest manifest = pack.manifest();
    TowerCheck.texts(describe(caller), manifest.text());
    TextTokenizer tokenizer = PackageTokenizer.read(pack, manifest.text().tokenizer());
    return new RemoteTextTower(this, manifest.text(), manifest.dimension(), tokenizer);
  }

  /** The image tower for tensors that hold nothing of a caller. */
  ImageVectors images(ModelPackage pack, Cancellation caller) throws TargetException {
    return imageTower(pack, caller).announcing(Departure.UNTOLD);
  }

  /** The text tower, likewise. */
  TextVectors texts(ModelPackage pack, Cancellation caller)
      throws TargetException, ModelPackageException {
    return textTower(pack, caller).announcing(Departure.UNTOLD);
  }

  private Described.Model describe(Cancellation caller) throws TargetException {
    return tried(caller, call -> transport.model(options.model(), options.version(), call));
  }

  /** How many inputs of this many bytes may go in one call. */
  int together(int bytes, Batching batching) {
    return switch (batching) {
      case EXACT -> Math.clamp(MOST_BYTES / bytes, 1, options.batch());
      case SINGLE -> 1;
    };
  }

  TargetOptions options() {
    return options;
  }

  /** The answer; each request that it takes is announced before it leaves. */
  Values infer(Inference inference, Departure departure, Cancellation caller)
      throws TargetException, PluginException {
    return tried(
        caller,
        call -> {
          if (options.hedge() != null) {
            return new Hedge(transport, inference, departure, call).first(options.hedge());
          }
          Departure.Stay stay = call.asLate(() -> departure.leaving(inference.inputs()));
          long sent = System.nanoTime();
          try {
            return transport.infer(inference, call);
          } finally {
            stay.ended(System.nanoTime() - sent);
          }
        });
  }

  /** One attempt; {@code E} is what it throws besides, if anything. */
  private interface Attempt<T, E extends Exception> {
    T make(Call call) throws TargetException, E;
  }

  /** Every call is idempotent, so what may pass is tried again while there is time. */
  private <T, E extends Exception> T tried(Cancellation caller, Attempt<T, E> attempt)
      throws TargetException, E {
    Call call = Call.of(caller, options.most());
    for (int made = 1; ; made++) {
      String token = null;
      try {
        token = credentials == null ? null : credentials.token(call);
        return attempt.make(call.with(token));
      } catch (TargetException e) {
        boolean isStale = e.kind() == Kind.UNAUTHENTICATED && token != null;
        if (isStale) {
          credentials.forget(token);
        }
        boolean again = made < options.attempts() && (e.mayPass() || (isStale && made == 1));
        if (!again || !call.pause(pauseAfter(made))) {
          throw e;
        }
      }
    }
  }

  private static Duration pauseAfter(int attempts) {
    long most = FIRST_PAUSE.toNanos() << attempts;
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 4, most));
  }

  /** Ends what runs and drops the connections. */
  @Override
  public void close() {
    transport.close();
    if (credentials != null) {
      credentials.close();
    }
  }
}
