package dev.cordon.models.oip;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.cordon.models.oip.OipTensor.Longs;
import dev.cordon.models.oip.OipTensor.Strings;
import dev.cordon.models.oip.OipTensor.Values;
import dev.cordon.models.oip.TargetException.Kind;
import dev.cordon.models.oip.stub.GRPCInferenceServiceGrpc;
import dev.cordon.models.oip.stub.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import dev.cordon.models.oip.stub.InferTensorContents;
import dev.cordon.models.oip.stub.ModelInferRequest;
import dev.cordon.models.oip.stub.ModelInferResponse;
import dev.cordon.models.oip.stub.ModelMetadataRequest;
import dev.cordon.models.oip.stub.ModelMetadataResponse;
import dev.cordon.models.oip.stub.ModelReadyRequest;
import dev.cordon.models.oip.stub.ServerLiveRequest;
import dev.cordon.models.oip.stub.ServerMetadataRequest;
import dev.cordon.models.oip.stub.ServerReadyRequest;
import io.grpc.ChannelCredentials;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The protocol over gRPC on one kept channel; tensors go as raw contents. */
final class GrpcTransport implements Inference.Transport {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int MOST_DESCRIPTION = 1 << 18;

  private final ManagedChannel channel;

  GrpcTransport(TargetOptions target, PemFiles tls) {
    channel =
        Grpc.newChannelBuilderForAddress(
                target.uri().getHost(), target.uri().getPort(), credentials(target, tls))
            .disableRetry()
            .proxyDetector(_ -> null)
            .decompressorRegistry(
                DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, true))
            .build();
  }

  private static ChannelCredentials credentials(TargetOptions target, PemFiles tls) {
    if (!target.isEncrypted()) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder();
    if (tls == null) {
      return builder.build();
    }
    try {
      builder.trustManager(tls.trustManagers());
      return (tls.key() == null ? builder : builder.keyManager(tls.keyManagers())).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  @Override
  public boolean live(Call call) throws TargetException {
    ServerLiveRequest request = ServerLiveRequest.getDefaultInstance();
    return send(stub -> stub.serverLive(request), MOST_DESCRIPTION, call).getLive();
  }

  @Override
  public boolean ready(Call call) throws TargetException {
    ServerReadyRequest request = ServerReadyRequest.getDefaultInstance();
    return send(stub -> stub.serverReady(request), MOST_DESCRIPTION, call).getReady();
  }

  @Override
  public boolean modelReady(String model, String version, Call call) throws TargetException {
    ModelReadyRequest request =
        ModelReadyRequest.newBuilder().setName(model).setVersion(text(version)).build();
    return send(stub -> stub.modelReady(request), MOST_DESCRIPTION, call).getReady();
  }

  @Override
  public Described.Server server(Call call) throws TargetException {
    ServerMetadataRequest request = ServerMetadataRequest.getDefaultInstance();
    return new Described.Server(
        send(stub -> stub.serverMetadata(request), MOST_DESCRIPTION, call).getExtensionsList());
  }

  @Override
  public Described.Model model(String model, String version, Call call) throws TargetException {
    ModelMetadataRequest request =
        ModelMetadataRequest.newBuilder().setName(model).setVersion(text(version)).build();
    ModelMetadataResponse response =
        send(stub -> stub.modelMetadata(request), MOST_DESCRIPTION, call);
    return new Described.Model(
        response.getName(), ports(response.getInputsList()), ports(response.getOutputsList()));
  }

  private static List<Described.Port> ports(List<ModelMetadataResponse.TensorMetadata> tensors) {
    return tensors.stream()
        .map(t -> new Described.Port(t.getName(), t.getDatatype(), t.getShapeList()))
        .toList();
  }

  @Override
  public Values infer(Inference inference, Call call) throws TargetException {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName(inference.model())
            .setModelVersion(text(inference.version()));
    request.addOutputsBuilder().setName(inference.output().name());
    for (OipTensor input : inference.inputs()) {
      request
          .addInputsBuilder()
          .setName(input.name())
          .setDatatype(input.values().datatype().name())
          .addAllShape(input.shape());
      // INVARIANT: nobody else has these bytes, so they need no copy.
      request.addRawInputContents(
          UnsafeByteOperations.unsafeWrap(TensorBytes.encode(input.values())));
    }
    ModelInferRequest message = request.build();
    return answer(
        send(stub -> stub.modelInfer(message), inference.output().mostBytes(), call),
        inference.output());
  }

  /** The one output of an answer, which servers may give as raw bytes or as a list of values. */
  static Values answer(ModelInferResponse response, Inference.Expected expected)
      throws TargetException {
    List<ByteString> raw = response.getRawOutputContentsList();
    if (response.getOutputsCount() != 1 || raw.size() > 1) {
      throw TensorBytes.malformed("the answer does not have the one output asked for");
    }
    ModelInferResponse.InferOutputTensor output = response.getOutputs(0);
    expected.require(output.getName(), output.getDatatype(), output.getShapeList());
    if (raw.size() == 1) {
      // MLServer sets contents beside raw bytes, with nothing in them.
      if (!output.getContents().equals(InferTensorContents.getDefaultInstance())) {
        throw TensorBytes.malformed("the answer has its values twice");
      }
      return TensorBytes.decode(
          expected.datatype(), expected.count(), raw.getFirst().asReadOnlyByteBuffer());
    }
    return typed(output.getContents(), expected);
  }

  private static Values typed(InferTensorContents contents, Inference.Expected expected)
      throws TargetException {
    int count =
        switch (expected.datatype()) {
          case FP32 -> contents.getFp32ContentsCount();
          case INT64 -> contents.getInt64ContentsCount();
          case BYTES -> contents.getBytesContentsCount();
        };
    if (count != expected.count()) {
      throw TensorBytes.malformed("a tensor does not have the values of its shape");
    }
    return switch (expected.datatype()) {
      case FP32 -> {
        float[] array = new float[count];
        for (int i = 0; i < count; i++) {
          array[i] = contents.getFp32Contents(i);
        }
        yield TensorBytes.finite(array);
      }
      case INT64 -> new Longs(contents.getInt64ContentsList().stream().mapToLong(n -> n).toArray());
      case BYTES ->
          new Strings(
              contents.getBytesContentsList().stream().map(ByteString::toByteArray).toList());
    };
  }

  private <T> T send(
      Function<GRPCInferenceServiceFutureStub, ListenableFuture<T>> how, int most, Call call)
      throws TargetException {
    GRPCInferenceServiceFutureStub stub =
        GRPCInferenceServiceGrpc.newFutureStub(channel)
            .withDeadlineAfter(call.remaining().toNanos(), TimeUnit.NANOSECONDS)
            .withMaxInboundMessageSize(most);
    if (call.token() != null) {
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + call.token());
      stub = stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
    try {
      return call.await(how.apply(stub));
    } catch (ExecutionException e) {
      Status status = Status.fromThrowable(e.getCause());
      if (String.valueOf(status.getDescription()).contains("exceeds maximum size")) {
        throw TensorBytes.malformed("the answer is too long");
      }
      throw failure(status.getCode());
    }
  }

  /** A status is told by its code; its text is the target's. */
  private static TargetException failure(Status.Code code) {
    return switch (code) {
      case CANCELLED, DEADLINE_EXCEEDED -> Call.over();
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          new TargetException(Kind.UNAUTHENTICATED, "the target answered with status " + code);
      case UNAVAILABLE ->
          new TargetException(Kind.UNREACHABLE, "the target answered with status " + code);
      case RESOURCE_EXHAUSTED, ABORTED ->
          new TargetException(Kind.OVERLOADED, "the target answered with status " + code);
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS ->
          new TargetException(Kind.REFUSED, "the target answered with status " + code);
    };
  }

  private static String text(String version) {
    return Objects.requireNonNullElse(version, "");
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
