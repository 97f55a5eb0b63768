package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import inference.GRPCInferenceServiceGrpc;
import inference.GrpcPredictV2.InferParameter;
import inference.GrpcPredictV2.InferTensorContents;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferRequest.InferInputTensor;
import inference.GrpcPredictV2.ModelInferResponse;
import inference.GrpcPredictV2.ModelMetadataRequest;
import inference.GrpcPredictV2.ServerLiveRequest;
import inference.GrpcPredictV2.ServerMetadataRequest;
import inference.GrpcPredictV2.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Open Inference Protocol as it comes over the wire, and what stands in the log of it. */
class InferenceIT {
  private static final TestHost HOST = TestHost.get();
  private static final URI ADDRESS = URI.create(HOST.url());
  private static final ManagedChannel CHANNEL =
      ManagedChannelBuilder.forAddress(ADDRESS.getHost(), ADDRESS.getPort()).usePlaintext().build();
  private static final byte[] CAT = sample("chelsea.jpg");
  private static final String REST =
      """
      {"parameters":{"purpose":"%s","area":"home"},"inputs":[
       {"name":"image","datatype":"BYTES","shape":[1],"data":["%s"]},
       {"name":"labels","datatype":"BYTES","shape":[2],"data":[%s]}]}""";

  @AfterAll
  static void close() throws InterruptedException {
    CHANNEL.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
  }

  @Test
  void onlyHealthIsOpenToAll() {
    HOST.anonymous().get("/v2/health/live").then().statusCode(200).body("live", equalTo(true));
    HOST.anonymous().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
    var nobody = GRPCInferenceServiceGrpc.newBlockingStub(CHANNEL);
    assertTrue(nobody.serverLive(ServerLiveRequest.getDefaultInstance()).getLive());
    assertTrue(nobody.serverReady(ServerReadyRequest.getDefaultInstance()).getReady());
    for (String path : List.of("/v2", "/v2/models/image-tagging", "/v2/models/x/ready")) {
      HOST.anonymous()
          .get(path)
          .then()
          .statusCode(401)
          .body("error", startsWith("UNAUTHENTICATED"));
    }
    refused(
        Status.Code.UNAUTHENTICATED,
        () -> nobody.serverMetadata(ServerMetadataRequest.getDefaultInstance()));
    refused(Status.Code.UNAUTHENTICATED, () -> nobody.modelInfer(request("cat").build()));
    refused(
        Status.Code.PERMISSION_DENIED,
        () -> as("auditor").serverMetadata(ServerMetadataRequest.getDefaultInstance()));
  }

  @Test
  @Tag("R34")
  void aDenialIsOnRecordAndItsReceiptInTheBodyAndTheTrailers() throws Exception {
    long before = treeSize();
    infer(REST.formatted("accessibility-captions", cat(), "\"angry man\",\"calm man\""))
        .then()
        .statusCode(403)
        .contentType(startsWith("application/problem+json"))
        .body("code", equalTo("BIOMETRIC_USE"))
        .body("error", startsWith("BIOMETRIC_USE"))
        .body("decision.rules.id", notNullValue())
        .body("receipt.index", equalTo((int) before));
    StatusRuntimeException denied =
        refused(
            Status.Code.PERMISSION_DENIED,
            () -> as("caller").modelInfer(request("angry man").build()));
    JsonNode problem = problem(denied);
    assertEquals("BIOMETRIC_USE", problem.get("code").asText());
    assertFalse(problem.get("decision").get("rules").isEmpty());
    assertEquals(before + 1, problem.get("receipt").get("index").asLong());
    assertEquals(before + 2, treeSize());
  }

  @Test
  @Tag("R34")
  void typedAndRawContentsAreAnsweredInKind() {
    ModelInferResponse typed = as("caller").modelInfer(request("cat").build());
    assertEquals(0, typed.getRawOutputContentsCount());
    assertEquals("cat", typed.getOutputs(1).getContents().getBytesContents(0).toStringUtf8());
    assertTrue(typed.getOutputs(2).getContents().getFp32Contents(0) > 0.5);
    assertEquals("edge", typed.getParametersOrThrow("route_target").getStringParam());
    long index = typed.getParametersOrThrow("receipt_index").getInt64Param();
    HOST.as("auditor")
        .queryParam("from", index)
        .queryParam("limit", 1)
        .get("/v1/audit/entries")
        .then()
        .body("entries[0].leaf.effect", equalTo("permit"))
        .body("entries[0].leaf.kind", equalTo("analysis"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | request.inputs | 400",
        "{\"inputs\":[]} | inputs | 400",
        "not json | request | 400",
        "{\"inputs\":[{\"name\":\"voice\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"\"]}]} | inputs | 400",
        "{\"parameters\":{\"sequence_id\":1},\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"a\"]}]} | parameters.sequence_id | 400"
      })
  void aBadBodyIsNamedAndLeavesNoLeaf(String body, String field, int status) {
    long before = treeSize();
    infer(body)
        .then()
        .statusCode(status)
        .body("field", equalTo(field.equals("request.inputs") ? "inputs" : field));
    assertEquals(before, treeSize());
  }

  @Test
  @Tag("R34")
  void anImageThatIsNoneLeavesALeafAndIsNamed() throws Exception {
    long before = treeSize();
    String text = Base64.getEncoder().encodeToString("just text".getBytes());
    infer(REST.formatted("accessibility-captions", text, "\"cat\",\"dog\""))
        .then()
        .statusCode(415)
        .body("field", equalTo("inputs.image"))
        .body("receipt.index", equalTo((int) before));
    ModelInferRequest.Builder bad = request("cat");
    bad.setInputs(0, tensor("image", ByteString.copyFromUtf8("just text")));
    JsonNode problem =
        problem(refused(Status.Code.INVALID_ARGUMENT, () -> as("caller").modelInfer(bad.build())));
    assertEquals("inputs.image", problem.get("field").asText());
    assertEquals(before + 2, treeSize());
  }

  @Test
  void badMessagesAreNamed() {
    named("inputs.labels", request("cat").setInputs(1, typed("labels", "FP32", 1)));
    named("inputs.labels", request("cat").setInputs(1, typed("labels", "BYTES", 9)));
    named("inputs.labels", request("cat").setInputs(1, typed("labels", "BYTES", 1, 1)));
    named("inputs.labels", request("cat").setInputs(1, typed("labels", "BYTES", -1)));
    named("inputs.image", request("cat").removeInputs(0));
    named("inputs.labels", request("cat").addInputs(typed("labels", "BYTES", 1)));
    named("inputs", request("cat").addInputs(typed("voice", "BYTES", 1)));
    named("raw_input_contents", request("cat").addRawInputContents(ByteString.EMPTY));
    named(
        "inputs.image",
        request("cat").addRawInputContents(ByteString.EMPTY).addRawInputContents(ByteString.EMPTY));
    named("parameters.purpose", request("cat").removeParameters("purpose"));
    named("parameters.options", request("cat").putParameters("options", text("{")));
    named("parameters.options.topK", request("cat").putParameters("options", text("{\"topK\":0}")));
    named("model_name", request("cat").setModelName("../etc"));
    refused(
        Status.Code.NOT_FOUND,
        () -> as("caller").modelInfer(request("cat").setModelVersion("9").build()));
    refused(
        Status.Code.NOT_FOUND,
        () ->
            as("caller")
                .modelMetadata(ModelMetadataRequest.newBuilder().setName("mind-reading").build()));
  }

  @Test
  void aMessageBeyondTheBoundIsRefused() {
    ByteString large = ByteString.copyFrom(new byte[26_000_000]);
    refused(
        Status.Code.RESOURCE_EXHAUSTED,
        () -> as("caller").modelInfer(request("cat").setInputs(0, tensor("image", large)).build()));
    assertEquals("cat", best(as("caller").modelInfer(request("cat").build())), "it goes on");
  }

  @Test
  void aHeaderThatLiesAboutTheJsonIs400() {
    for (String header : List.of("9999999", "-1", "x", "3")) {
      HOST.as("caller")
          .header("Inference-Header-Content-Length", header)
          .contentType("application/octet-stream")
          .body("{\"inputs\":[]}".getBytes())
          .post("/v2/models/image-tagging/infer")
          .then()
          .statusCode(400)
          .body("error", containsString("INVALID_REQUEST"));
    }
  }

  private static String best(ModelInferResponse answer) {
    return answer.getOutputs(1).getContents().getBytesContents(0).toStringUtf8();
  }

  private static void named(String field, ModelInferRequest.Builder request) {
    StatusRuntimeException refused =
        refused(Status.Code.INVALID_ARGUMENT, () -> as("caller").modelInfer(request.build()));
    assertTrue(
        refused.getStatus().getDescription().contains("at `" + field + "`"), refused::getMessage);
  }

  private static StatusRuntimeException refused(
      Status.Code status, org.junit.jupiter.api.function.Executable call) {
    StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call);
    assertEquals(status, refused.getStatus().getCode(), refused.getMessage());
    return refused;
  }

  private static JsonNode problem(StatusRuntimeException refused) throws java.io.IOException {
    return new ObjectMapper()
        .readTree(
            refused
                .getTrailers()
                .get(Metadata.Key.of("cordon-problem-bin", Metadata.BINARY_BYTE_MARSHALLER)));
  }

  private static GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub as(String role) {
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + HOST.token("demo", Set.of(role)));
    return GRPCInferenceServiceGrpc.newBlockingStub(CHANNEL)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static ModelInferRequest.Builder request(String label) {
    return ModelInferRequest.newBuilder()
        .setModelName("image-tagging")
        .putParameters("purpose", text("accessibility-captions"))
        .putParameters("area", text("home"))
        .addInputs(tensor("image", ByteString.copyFrom(CAT)))
        .addInputs(tensor("labels", ByteString.copyFromUtf8(label)));
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

  private static InferInputTensor typed(String name, String type, long... shape) {
    InferInputTensor.Builder tensor =
        tensor(name, ByteString.copyFromUtf8("a")).toBuilder().setDatatype(type).clearShape();
    for (long size : shape) {
      tensor.addShape(size);
    }
    return tensor.build();
  }

  private static io.restassured.response.Response infer(String body) {
    RequestSpecification caller = HOST.as("caller");
    return caller.contentType("application/json").body(body).post("/v2/models/image-tagging/infer");
  }

  private static String cat() {
    return Base64.getEncoder().encodeToString(CAT);
  }

  private static long treeSize() {
    return Long.parseLong(HOST.anonymous().get("/log/checkpoint").asString().split("\n")[1]);
  }
}
