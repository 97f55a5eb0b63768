package dev.cordon.core.api.oip;

import dev.cordon.core.api.GrpcProblem;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.identity.Role;
import dev.cordon.core.identity.TokenCaller;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.models.oip.stub.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import dev.cordon.models.oip.stub.ModelInferRequest;
import dev.cordon.models.oip.stub.ModelInferResponse;
import dev.cordon.models.oip.stub.ModelMetadataRequest;
import dev.cordon.models.oip.stub.ModelMetadataResponse;
import dev.cordon.models.oip.stub.ModelMetadataResponse.TensorMetadata;
import dev.cordon.models.oip.stub.ModelReadyRequest;
import dev.cordon.models.oip.stub.ModelReadyResponse;
import dev.cordon.models.oip.stub.ServerLiveRequest;
import dev.cordon.models.oip.stub.ServerLiveResponse;
import dev.cordon.models.oip.stub.ServerMetadataRequest;
import dev.cordon.models.oip.stub.ServerMetadataResponse;
import dev.cordon.models.oip.stub.ServerReadyRequest;
import dev.cordon.models.oip.stub.ServerReadyResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The Open Inference Protocol v2 over gRPC; calls end with an answer or a problem, never else. */
@GrpcService
@Blocking
public class GrpcInferenceService extends GRPCInferenceServiceImplBase {
  private static final Logger LOG = Logger.getLogger(GrpcInferenceService.class);

  private final SecurityIdentity identity;
  private final TokenCaller token;
  private final ModelCards cards;
  private final Inferences inferences;
  private final GrpcProblem problems;

  GrpcInferenceService(
      SecurityIdentity identity,
      TokenCaller token,
      ModelCards cards,
      Inferences inferences,
      GrpcProblem problems) {
    this.identity = identity;
    this.token = token;
    this.cards = cards;
    this.inferences = inferences;
    this.problems = problems;
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> answer) {
    end(answer, () -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> answer) {
    end(answer, () -> ServerReadyResponse.newBuilder().setReady(cards.isReady()).build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> answer) {
    end(
        answer,
        () -> {
          cards.card(caller().tenant(), request.getName(), request.getVersion());
          return ModelReadyResponse.newBuilder().setReady(cards.hasModel()).build();
        });
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> answer) {
    end(
        answer,
        () -> {
          caller();
          return ServerMetadataResponse.newBuilder()
              .setName(ModelCards.NAME)
              .setVersion(cards.version())
              .addAllExtensions(ModelCards.EXTENSIONS)
              .build();
        });
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> answer) {
    end(
        answer,
        () -> {
          ModelCards.Card card =
              cards.card(caller().tenant(), request.getName(), request.getVersion());
          return ModelMetadataResponse.newBuilder()
              .setName(card.name())
              .addAllVersions(card.versions())
              .setPlatform(ModelCards.PLATFORM)
              .addAllInputs(tensors(ModelCards.Card.inputs()))
              .addAllOutputs(tensors(ModelCards.Card.outputs()))
              .build();
        });
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> answer) {
    end(
        answer,
        () ->
            GrpcAnswer.of(
                inferences.answer(caller(), GrpcRequest.read(request)),
                GrpcRequest.isRaw(request)));
  }

  /** Who calls, with the role that REST asks for too. */
  private Caller caller() {
    try {
      if (identity.isAnonymous()) {
        throw Problem.of(
            Code.UNAUTHENTICATED, "send metadata `authorization: Bearer TOKEN` of this host");
      }
    } catch (AuthenticationFailedException e) {
      throw Problem.of(Code.UNAUTHENTICATED, "the bearer token is not valid for this host");
    }
    if (!identity.hasRole(Role.CALLER)) {
      throw Problem.of(Code.ROLE_MISSING, "ask an administrator for the role this address needs");
    }
    return token.get();
  }

  private static List<TensorMetadata> tensors(List<ModelCards.Tensor> tensors) {
    return tensors.stream()
        .map(
            tensor ->
                TensorMetadata.newBuilder()
                    .setName(tensor.name())
                    .setDatatype(tensor.datatype())
                    .addAllShape(tensor.shape())
                    .build())
        .toList();
  }

  private <T> void end(StreamObserver<T> answer, Supplier<T> work) {
    T message;
    try {
      message = Names.inProtocol(work);
    } catch (Problem problem) {
      answer.onError(problems.of(problem));
      return;
    } catch (OutOfMemoryError full) {
      answer.onError(problems.of(Problem.of(Code.OVERLOADED, "the host is full; try again")));
      return;
    } catch (RuntimeException fault) {
      LOG.errorf("request failed: %s", fault.getClass().getName());
      LOG.debug("cause", fault);
      answer.onError(problems.of(Problem.of(Code.INTERNAL, "the host failed")));
      return;
    }
    answer.onNext(message);
    answer.onCompleted();
  }
}
