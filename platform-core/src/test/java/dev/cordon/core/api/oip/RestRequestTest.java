package dev.cordon.core.api.oip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.core.api.Contract;
import dev.cordon.core.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests over HTTP become the question of the API, or a problem that names what to mend. */
class RestRequestTest {
  private static final InferenceQuestion QUESTIONS =
      new InferenceQuestion(Contract.SCHEMA, new ObjectMapper());
  private static final String IMAGE =
      "{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"AAEC\"]}";

  @Test
  void jsonAndRawInputsMakeTheSameQuestion() {
    String labels = "{\"name\":\"labels\",\"datatype\":\"BYTES\",\"shape\":[2],%s}";
    String parameters =
        "{\"purpose\":\"p\",\"options\":\"{\\\"topK\\\":1}\",\"subjects\":\"[\\\"s\\\"]\"}";
    RestRequest json =
        read(
            body(parameters, IMAGE + "," + labels.formatted("\"data\":[\"cat\",\"d\u00f6g\"]")),
            new byte[0]);
    byte[] raw = RawStrings.encode(List.of(utf8("cat"), utf8("d\u00f6g")));
    RestRequest binary =
        read(
            body(
                parameters,
                IMAGE
                    + ","
                    + labels.formatted("\"parameters\":{\"binary_data_size\":" + raw.length + "}")),
            raw);
    assertEquals(
        "{\"capability\":\"tag\",\"options\":{\"topK\":1},\"purpose\":\"p\",\"subjects\":[\"s\"],"
            + "\"version\":\"2\",\"labels\":[\"cat\",\"d\u00f6g\"]}",
        new String(QUESTIONS.json(json.call()), StandardCharsets.UTF_8));
    assertArrayEquals(QUESTIONS.json(json.call()), QUESTIONS.json(binary.call()));
    assertArrayEquals(new byte[] {0, 1, 2}, InferenceQuestion.image(json.call()));
  }

  @Test
  void anOutputsOwnWishOutranksTheRequests() {
    String wishes =
        ",\"outputs\":[{\"name\":\"labels\"},"
            + "{\"name\":\"scores\",\"parameters\":{\"binary_data\":false}}]}";
    String whole = body("{\"binary_data_output\":true}", IMAGE);
    RestRequest request = read(whole.substring(0, whole.length() - 1) + wishes, new byte[0]);
    assertEquals(Set.of("findings", "labels", "boxes"), request.rawOutputs());
    assertTrue(request.call().wants("scores") && !request.call().wants("boxes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | BYTES | \"data\":[\"!\"] | inputs.image",
        "[2] | BYTES | \"data\":[\"AA==\"] | inputs.image",
        "[1] | BYTES | \"data\":[7] | inputs.image",
        "[1] | UINT8 | \"data\":[7] | inputs.image",
        "[1,1] | BYTES | \"data\":[\"AA==\"] | inputs.image",
        "[0] | BYTES | \"data\":[] | inputs.image",
        "[9007199254740991] | BYTES | \"data\":[] | inputs.image",
        "[-1] | BYTES | \"data\":[] | inputs[0].shape[0]",
        "[1] | BYTES | \"parameters\":{\"binary_data_size\":5} | inputs.image",
        "[1] | BYTES | \"parameters\":{} | inputs.image",
        "[1] | BYTES | \"data\":[\"\"],\"parameters\":{\"binary_data_size\":0} | inputs.image",
        "[1] | BYTES | \"parameters\":{\"shared_memory_region\":\"x\"} | inputs[0].parameters.shared_memory_region"
      })
  void namesTheInputToMend(String shape, String type, String content, String field) {
    String input =
        "{\"name\":\"image\",\"datatype\":\"%s\",\"shape\":%s,%s}".formatted(type, shape, content);
    assertEquals(field, field(body("{}", input), new byte[0]));
  }

  @Test
  void rawBytesMustFitTheirInputExactly() {
    String input =
        "{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],"
            + "\"parameters\":{\"binary_data_size\":%d}}";
    byte[] raw = RawStrings.encode(List.of(new byte[] {1, 2, 3}));
    String fits = body("{}", input.formatted(raw.length));
    assertArrayEquals(new byte[] {1, 2, 3}, InferenceQuestion.image(read(fits, raw).call()));
    assertEquals("request", field(fits, Arrays.copyOf(raw, raw.length + 1)));
    assertEquals("inputs.image", field(fits, Arrays.copyOf(raw, raw.length - 1)));
    for (int length : new int[] {-1, 2, 4, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      byte[] lying = ByteBuffer.wrap(raw.clone()).putInt(0, Integer.reverseBytes(length)).array();
      assertEquals("inputs.image", field(fits, lying), () -> "length " + length);
    }
  }

  @Test
  void whateverComesEndsInARequestOrAProblem() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    byte[] whole = utf8(body("{\"purpose\":\"p\"}", IMAGE));
    for (int round = 0; round < 3_000; round++) {
      byte[] body = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      String header = Integer.toString(random.nextInt(-3, body.length + 3));
      try {
        var call = RestRequest.read(Contract.SCHEMA, "tag", "", header, body).call();
        QUESTIONS.json(call);
        InferenceQuestion.image(call);
      } catch (Problem problem) {
        assertTrue(problem.status() == 400 || problem.status() == 413, problem.getMessage());
      }
    }
  }

  private static String field(String json, byte[] raw) {
    Problem problem =
        assertThrows(
            Problem.class,
            () ->
                Names.inProtocol(
                    () -> {
                      InferenceCall call = read(json, raw).call();
                      return InferenceQuestion.image(call);
                    }));
    assertEquals(400, problem.status());
    return problem.field().orElseThrow();
  }

  private static RestRequest read(String json, byte[] raw) {
    byte[] head = utf8(json);
    byte[] body = Arrays.copyOf(head, head.length + raw.length);
    System.arraycopy(raw, 0, body, head.length, raw.length);
    return RestRequest.read(Contract.SCHEMA, "tag", "2", Integer.toString(head.length), body);
  }

  private static String body(String parameters, String inputs) {
    return "{\"parameters\":%s,\"inputs\":[%s]}".formatted(parameters, inputs);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
