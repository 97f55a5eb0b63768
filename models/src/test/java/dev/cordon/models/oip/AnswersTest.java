package dev.cordon.models.oip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.cordon.models.oip.OipTensor.Floats;
import dev.cordon.models.oip.OipTensor.Strings;
import dev.cordon.models.oip.OipTensor.Values;
import dev.cordon.models.oip.RestMessages.Body;
import dev.cordon.models.oip.RestMessages.Form;
import dev.cordon.models.oip.TargetException.Kind;
import dev.cordon.models.oip.stub.InferTensorContents;
import dev.cordon.models.oip.stub.ModelInferResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is sent, and what may come back: the answer that was asked for, or a refusal. */
class AnswersTest {
  private static final Inference.Expected ANSWER =
      new Inference.Expected("answer", Datatype.FP32, List.of(1L, 2L));
  private static final String GOOD =
      "{'model_name':'m','outputs':[{'name':'answer','datatype':'FP32','shape':[1,2],%s}]}"
          .replace('\'', '"');
  private static final byte[] BYTES = HexFormat.of().parseHex("0000003f0000803e");
  private static final float[] VALUES = {0.5f, 0.25f};

  private static Values read(String json, byte[] bytes) throws TargetException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    int header = body.size();
    body.writeBytes(bytes);
    return RestMessages.answer(body.toByteArray(), header, ANSWER);
  }

  private static float[] floats(Values values) {
    return ((Floats) values).array();
  }

  @Test
  void aBinaryRequestIsTheOneThatAnotherClientMakes() throws Exception {
    for (JsonNode vector : TensorBytesTest.vectors("client.json")) {
      OipTensor tensor = TensorBytesTest.tensor(vector);
      Body body =
          RestMessages.request(new Inference("m", null, List.of(tensor), ANSWER), Form.BINARY);

      assertEquals(vector.get("header"), JsonMapper.builder().build().readTree(body.header()));
      assertEquals(1, body.raw().size());
      assertEquals(vector.get("bytes").asText(), HexFormat.of().formatHex(body.raw().getFirst()));
    }
  }

  @Test
  void aJsonRequestHasTheSameValues() throws Exception {
    for (JsonNode vector : TensorBytesTest.vectors("client.json")) {
      OipTensor tensor = TensorBytesTest.tensor(vector);
      Body body =
          RestMessages.request(new Inference("m", null, List.of(tensor), ANSWER), Form.JSON);
      JsonNode input = JsonMapper.builder().build().readTree(body.header()).at("/inputs/0");

      assertEquals(List.of(), body.raw());
      Inference.Expected same =
          new Inference.Expected(tensor.name(), tensor.values().datatype(), tensor.shape());
      String echoed = "{\"outputs\":[" + input + "]}";
      byte[] answer = echoed.getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(
          TensorBytes.encode(tensor.values()),
          TensorBytes.encode(RestMessages.answer(answer, answer.length, same)));
    }
  }

  @Test
  void bytesThatAreNoTextDoNotGoAsJson() {
    OipTensor tensor = new OipTensor("x", List.of(1L), new Strings(List.of(new byte[] {-1})));
    TargetException e =
        assertThrows(
            TargetException.class,
            () ->
                RestMessages.request(new Inference("m", null, List.of(tensor), ANSWER), Form.JSON));
    assertEquals(Kind.REFUSED, e.kind());
  }

  @Test
  void answersAreReadInEveryForm() throws Exception {
    assertArrayEquals(VALUES, floats(read(GOOD.formatted("\"data\":[0.5,0.25]"), new byte[0])));
    assertArrayEquals(VALUES, floats(read(GOOD.formatted("\"data\":[[0.5,0.25]]"), new byte[0])));
    String size = "\"parameters\":{\"binary_data_size\":8}";
    assertArrayEquals(VALUES, floats(read(GOOD.formatted(size), BYTES)));

    assertArrayEquals(VALUES, floats(GrpcTransport.answer(raw(BYTES), ANSWER)));
    assertArrayEquals(VALUES, floats(GrpcTransport.answer(typed(0.5f, 0.25f), ANSWER)));
  }

  @Test
  void malformedAnswersAreRefusedWithoutTheirContent() throws Exception {
    for (JsonNode vector : TensorBytesTest.vectors("refused.json")) {
      byte[] bytes = HexFormat.of().parseHex(vector.path("bytes").asText());
      TargetException e =
          assertThrows(
              TargetException.class,
              () -> read(vector.get("json").asText(), bytes),
              vector::toString);
      assertEquals(Kind.MALFORMED, e.kind());
      assertTrue(e.getMessage().contains(vector.get("why").asText()), e + " for " + vector);
      assertFalse(e.getMessage().contains("cat"));
    }
    assertThrows(TargetException.class, () -> RestMessages.answer(new byte[1], 2, ANSWER));
    assertThrows(TargetException.class, () -> RestMessages.answer(new byte[1], -1, ANSWER));
  }

  @Test
  void malformedAnswersOverGrpcAreRefused() {
    ModelInferResponse good = raw(BYTES);
    List<ModelInferResponse> bad =
        List.of(
            ModelInferResponse.getDefaultInstance(),
            raw(Arrays.copyOf(BYTES, 7)),
            raw(HexFormat.of().parseHex("0000003f0000c07f")),
            good.toBuilder().addRawOutputContents(ByteString.EMPTY).build(),
            good.toBuilder().clearRawOutputContents().build(),
            good.toBuilder().addOutputs(good.getOutputs(0)).build(),
            with(good.getOutputs(0).toBuilder().setName("a cat")),
            with(good.getOutputs(0).toBuilder().setDatatype("FP16")),
            with(good.getOutputs(0).toBuilder().setShape(1, 3)),
            with(good.getOutputs(0).toBuilder().setContents(contents(0.5f, 0.25f))),
            typed(0.5f),
            typed(0.5f, Float.NaN));
    for (ModelInferResponse response : bad) {
      TargetException e =
          assertThrows(TargetException.class, () -> GrpcTransport.answer(response, ANSWER));
      assertEquals(Kind.MALFORMED, e.kind());
      assertFalse(e.getMessage().contains("cat"));
    }
  }

  @Test
  void anyAnswerIsReadOrRefused() {
    SplittableRandom random = new SplittableRandom(2);
    String json = GOOD.formatted("\"parameters\":{\"binary_data_size\":8}");
    byte[] rest = (json + "--------").getBytes(StandardCharsets.UTF_8);
    byte[] message = raw(BYTES).toByteArray();
    for (int i = 0; i < 20_000; i++) {
      byte[] body = changed(rest, random);
      int header = Math.min(body.length, json.length() - random.nextInt(2));
      onlyRefused(() -> RestMessages.answer(body, header, ANSWER));
      onlyRefused(() -> GrpcTransport.answer(parsed(changed(message, random)), ANSWER));
    }
  }

  private interface Reading {
    Values read() throws TargetException, InvalidProtocolBufferException;
  }

  private static void onlyRefused(Reading reading) {
    try {
      assertEquals(2, reading.read().count());
    } catch (TargetException e) {
      assertEquals(Kind.MALFORMED, e.kind());
    } catch (InvalidProtocolBufferException _) {
      // gRPC refuses it before we see it.
    }
  }

  private static ModelInferResponse parsed(byte[] bytes) throws InvalidProtocolBufferException {
    return ModelInferResponse.parseFrom(bytes);
  }

  private static byte[] changed(byte[] bytes, SplittableRandom random) {
    byte[] changed = Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private static ModelInferResponse raw(byte[] bytes) {
    return with(typed().getOutputs(0).toBuilder().clearContents()).toBuilder()
        .setRawOutputContents(0, ByteString.copyFrom(bytes))
        .build();
  }

  private static ModelInferResponse typed(float... values) {
    return ModelInferResponse.newBuilder()
        .addOutputs(
            ModelInferResponse.InferOutputTensor.newBuilder()
                .setName("answer")
                .setDatatype("FP32")
                .addAllShape(List.of(1L, 2L))
                .setContents(contents(values)))
        .build();
  }

  private static InferTensorContents contents(float... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (float value : values) {
      contents.addFp32Contents(value);
    }
    return contents.build();
  }

  private static ModelInferResponse with(ModelInferResponse.InferOutputTensor.Builder output) {
    return ModelInferResponse.newBuilder()
        .addOutputs(output)
        .addRawOutputContents(ByteString.copyFrom(BYTES))
        .build();
  }
}
