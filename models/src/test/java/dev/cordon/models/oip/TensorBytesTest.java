package dev.cordon.models.oip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.models.oip.OipTensor.Floats;
import dev.cordon.models.oip.OipTensor.Longs;
import dev.cordon.models.oip.OipTensor.Strings;
import dev.cordon.models.oip.OipTensor.Values;
import dev.cordon.models.oip.TargetException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors as bytes, against what another client writes; see make_oip.py. */
class TensorBytesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static JsonNode vectors(String file) throws IOException {
    return JSON.readTree(Path.of("testdata/oip").resolve(file).toFile());
  }

  static OipTensor tensor(JsonNode vector) {
    JsonNode given = vector.get("values");
    Values values =
        switch (Datatype.valueOf(vector.get("datatype").asText())) {
          case FP32 -> {
            float[] array = new float[given.size()];
            for (int i = 0; i < array.length; i++) {
              array[i] = (float) given.get(i).asDouble();
            }
            yield new Floats(array);
          }
          case INT64 -> {
            long[] array = new long[given.size()];
            Arrays.setAll(array, i -> given.get(i).asLong());
            yield new Longs(array);
          }
          case BYTES -> {
            List<byte[]> list = new ArrayList<>();
            given.forEach(text -> list.add(text.asText().getBytes(StandardCharsets.UTF_8)));
            yield new Strings(list);
          }
        };
    List<Long> shape = new ArrayList<>();
    vector.get("shape").forEach(size -> shape.add(size.asLong()));
    return new OipTensor(vector.get("name").asText(), shape, values);
  }

  @Test
  void writesWhatAnotherClientWritesAndReadsItBack() throws Exception {
    JsonNode vectors = vectors("client.json");
    assertEquals(Datatype.values().length, vectors.size());
    for (JsonNode vector : vectors) {
      OipTensor tensor = tensor(vector);
      byte[] bytes = TensorBytes.encode(tensor.values());
      assertEquals(vector.get("bytes").asText(), HexFormat.of().formatHex(bytes));

      Values back =
          TensorBytes.decode(
              tensor.values().datatype(), tensor.values().count(), ByteBuffer.wrap(bytes));
      assertArrayEquals(bytes, TensorBytes.encode(back));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyByteTooFewOrTooManyIsRefused(Datatype type) {
    byte[] bytes = TensorBytes.encode(sample(type));
    for (int length = 0; length < bytes.length; length++) {
      refused(type, 3, Arrays.copyOf(bytes, length));
    }
    refused(type, 3, Arrays.copyOf(bytes, bytes.length + 1));
  }

  @Test
  void lengthsThatLieAreRefusedBeforeMemoryIsTaken() {
    refused(Datatype.BYTES, Integer.MAX_VALUE, new byte[8]);
    refused(Datatype.FP32, Integer.MAX_VALUE, new byte[8]);
    refused(Datatype.BYTES, 1, new byte[] {-1, -1, -1, 127, 0});
    refused(Datatype.BYTES, 1, new byte[] {-1, -1, -1, -1, 0});
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      refused(Datatype.FP32, 2, TensorBytes.encode(new Floats(new float[] {1, value})));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyBytesAreReadOrRefused(Datatype type) {
    SplittableRandom random = new SplittableRandom(6);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = TensorBytes.encode(sample(type));
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      bytes = Arrays.copyOf(bytes, bytes.length - (random.nextInt(4) == 0 ? 1 : 0));
      try {
        assertEquals(3, TensorBytes.decode(type, 3, ByteBuffer.wrap(bytes)).count());
        read++;
      } catch (TargetException e) {
        assertEquals(Kind.MALFORMED, e.kind());
      }
    }
    assertTrue(read > 1000);
  }

  @Test
  void aTensorDoesNotTellItsValues() {
    OipTensor tensor = new OipTensor("ids", List.of(1L, 2L), new Longs(new long[] {4711, 4712}));
    assertFalse(tensor.toString().contains("471"));
  }

  @Test
  void aShapeThatDoesNotFitItsValuesIsNoTensor() {
    Values one = new Floats(new float[1]);
    for (List<Long> shape :
        List.of(List.of(2L), List.of(-1L), List.of(1L << 40), List.of(1L << 31, 1L << 31, 0L))) {
      assertThrows(IllegalArgumentException.class, () -> new OipTensor("x", shape, one));
    }
  }

  private static Values sample(Datatype type) {
    return switch (type) {
      case FP32 -> new Floats(new float[] {1.5f, -2, 1e-30f});
      case INT64 -> new Longs(new long[] {1, Long.MIN_VALUE, -7});
      case BYTES -> new Strings(List.of(new byte[0], new byte[] {7, 8}, new byte[] {9}));
    };
  }

  private static void refused(Datatype type, int count, byte[] bytes) {
    TargetException e =
        assertThrows(
            TargetException.class, () -> TensorBytes.decode(type, count, ByteBuffer.wrap(bytes)));
    assertEquals(Kind.MALFORMED, e.kind());
  }
}
