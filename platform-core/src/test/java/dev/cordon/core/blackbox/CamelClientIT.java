package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import inference.GrpcPredictV2.InferParameter;
import inference.GrpcPredictV2.InferTensorContents;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferRequest.InferInputTensor;
import inference.GrpcPredictV2.ModelInferResponse;
import inference.GrpcPredictV2.ModelMetadataRequest;
import inference.GrpcPredictV2.ModelMetadataResponse;
import inference.GrpcPredictV2.ServerReadyRequest;
import inference.GrpcPredictV2.ServerReadyResponse;
import io.grpc.CallCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.camel.Exchange;
import org.apache.camel.component.kserve.KServeComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Apache Camel's KServe component asks capabilities without being told what they are. */
class CamelClientIT {
  private static final TestHost HOST = TestHost.get();
  private static DefaultCamelContext camel;

  @BeforeAll
  static void start() throws Exception {
    camel = new DefaultCamelContext();
    KServeComponent component = new KServeComponent();
    component.getConfiguration().setTarget(URI.create(HOST.url()).getAuthority());
    component
        .getConfiguration()
        .setCredentials(
            CompositeChannelCredentials.create(
                InsecureChannelCredentials.create(),
                new Bearer(HOST.token("demo", Set.of("caller")))));
    camel.addComponent("kserve", component);
    camel.start();
  }

  @AfterAll
  static void stop() throws Exception {
    camel.close();
  }

  /** The token of every call. */
  private static final class Bearer extends CallCredentials {
    private final Metadata headers = new Metadata();

    Bearer(String token) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }

    @Override
    public void applyRequestMetadata(RequestInfo request, Executor threads, MetadataApplier to) {
      to.apply(headers);
    }
  }

  private static Exchange send(String endpoint, Object body) {
    return camel
        .createProducerTemplate()
        .send("kserve:" + endpoint, exchange -> exchange.getMessage().setBody(body));
  }

  private static <T> T answer(String endpoint, Object body, Class<T> type) {
    Exchange exchange = send(endpoint, body);
    assertNull(exchange.getException());
    return exchange.getMessage().getBody(type);
  }

  private static ModelInferRequest asking(String label) {
    return ModelInferRequest.newBuilder()
        .putParameters("purpose", text("accessibility-captions"))
        .putParameters("area", text("home"))
        .addInputs(tensor("image", ByteString.copyFrom(TestHost.sample("chelsea.jpg"))))
        .addInputs(tensor("labels", ByteString.copyFromUtf8(label)))
        .build();
  }

  private static InferParameter text(String value) {
    return InferParameter.newBuilder().setStringParam(value).build();
  }

  private static InferInputTensor tensor(String name, ByteString content) {
    return InferInputTensor.newBuilder()
        .setName(name)
        .setDatatype("BYTES")
        .addShape(1)
        .setContents(InferTensorContents.newBuilder().addBytesContents(content))
        .build();
  }

  @Test
  void theHostIsReadyAndDescribesItsCapability() {
    assertTrue(
        answer("server/ready", ServerReadyRequest.getDefaultInstance(), ServerReadyResponse.class)
            .getReady());
    ModelMetadataResponse card =
        answer(
            "model/metadata?modelName=image-tagging",
            ModelMetadataRequest.getDefaultInstance(),
            ModelMetadataResponse.class);
    assertEquals("image", card.getInputs(0).getName());
  }

  @Test
  void itsQuestionIsAnsweredWithAReceipt() {
    ModelInferResponse answer =
        answer("infer?modelName=image-tagging", asking("cat"), ModelInferResponse.class);
    assertEquals("labels", answer.getOutputs(1).getName());
    assertEquals("cat", answer.getOutputs(1).getContents().getBytesContents(0).toStringUtf8());
    assertTrue(answer.getParametersOrThrow("receipt_index").getInt64Param() > 0);
  }

  @Test
  void whatThePolicyDeniesIsDeniedToItToo() {
    StatusRuntimeException denied =
        assertInstanceOf(
            StatusRuntimeException.class,
            send("infer?modelName=image-tagging", asking("angry man")).getException());
    assertEquals(Status.Code.PERMISSION_DENIED, denied.getStatus().getCode());
    assertTrue(denied.getStatus().getDescription().contains("BIOMETRIC_USE"));
  }
}
