package dev.cordon.core.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cordon.core.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisFormTest {
  private static final String IMAGE =
      "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a;\\\"b.jpg\"\r\n"
          + "Content-Type: image/jpeg\r\n\r\n";
  private static final String REQUEST =
      "--b\r\ncontent-disposition:form-data;name=request\r\n\r\n{}\r\n";

  @Test
  void takesBothPartsInAnyOrder() {
    AnalysisForm form = read(IMAGE + "I\r\n" + REQUEST + "--b--\r\n");
    assertEquals("I", text(form.image()));
    assertEquals("{}", text(form.request()));
    assertEquals("I", text(read(REQUEST + IMAGE + "I\r\n--b--").image()));
  }

  @Test
  void anEmptyImageAndWhatStandsAroundTheFormAreNoFault() {
    AnalysisForm form = read("before\r\n" + REQUEST + IMAGE + "\r\n--b--\r\nbehind");
    assertEquals(0, form.image().length);
    assertEquals("{}", text(form.request()));
  }

  @Test
  void everyByteOfAnImageSurvives() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int length = 0; length < 2_000; length += 7) {
      byte[] image = new byte[length];
      random.nextBytes(image);
      // Much of what delimiters are made of.
      for (int i = 0; i < length; i++) {
        image[i] = random.nextBoolean() ? (byte) "\r\n-b".charAt(i % 3) : image[i];
      }
      assertArrayEquals(image, AnalysisForm.of(form(image), "b", 10_000).image());
    }
  }

  @Test
  void aRequestInAnotherCharsetArrivesInUtf8() {
    byte[] latin =
        (REQUEST.replace(
                    "\r\n\r\n{}", "\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n\r\n\u00e9")
                + IMAGE
                + "\r\n--b--")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("\u00e9", text(AnalysisForm.of(latin, "b", 9).request()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b--",
        "--b\r\n",
        "--b\r\n\r\nx",
        "--c\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nx\r\n--c--",
        "--bb\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nx\r\n--bb--",
        "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nx\r\n--bc--",
        "--b\r\nContent-Disposition: attachment; name=\"image\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"image\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"image\" x\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=image; name=request\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=image\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=image\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=image\r\nContent-Type: a/b; charset=no\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=image\r\nContent-Type: garbage\r\n\r\nx\r\n--b--",
        "--b\r\n folded: yes\r\n\r\nx\r\n--b--",
        "--b\r\n\r\nx\r\n--b--"
      })
  void aMalformedFormIsRefused(String form) {
    Problem problem = assertThrows(Problem.class, () -> read(form));
    assertEquals("INVALID_REQUEST", problem.code());
  }

  @Test
  void unknownNamelessDoubleAndMissingPartsAreNamed() {
    refused("extra", REQUEST.replace("request", "extra") + REQUEST + IMAGE + "\r\n--b--");
    refused("", REQUEST.replace(";name=request", "") + REQUEST + IMAGE + "\r\n--b--");
    refused("request", REQUEST + REQUEST + IMAGE + "\r\n--b--");
    refused("image", REQUEST + "--b--");
    refused("request", IMAGE + "\r\n--b--");
  }

  @Test
  void aPartOverItsLimitIsTooLarge() {
    byte[] form = form(new byte[10]);
    assertEquals(10, AnalysisForm.of(form, "b", 10).image().length);
    Problem problem = assertThrows(Problem.class, () -> AnalysisForm.of(form, "b", 9));
    assertEquals("TOO_LARGE", problem.code());
    assertEquals(Optional.of("image"), problem.field());
  }

  @Test
  void aFormWithoutAContentTypeIsRefused() {
    InputStream body = new ByteArrayInputStream(form(new byte[1]));
    Problem problem = assertThrows(Problem.class, () -> AnalysisForm.read(body, null, 9));
    assertEquals("INVALID_REQUEST", problem.code());
  }

  @Test
  void aMissingOrImpossibleBoundaryIsRefused() {
    for (String boundary : Arrays.asList(null, "", "a\r\nb", "b ", "x".repeat(71))) {
      assertThrows(Problem.class, () -> AnalysisForm.of(form(new byte[1]), boundary, 9));
    }
  }

  @Test
  void aHeaderOfManyThousandBytesIsRefusedWithoutAFault() {
    for (String filler : new String[] {"a", "\\a", " ", ";"}) {
      String form = IMAGE.replace("a;\\\"b.jpg", filler.repeat(1_900)) + "\r\n" + REQUEST + "--b--";
      assertEquals("{}", text(read(form).request()));
      String longer = IMAGE.replace("a;\\\"b.jpg", filler.repeat(9_000)) + "\r\n" + REQUEST;
      assertThrows(Problem.class, () -> read(longer + "--b--"));
    }
  }

  private static void refused(String field, String form) {
    Problem problem = assertThrows(Problem.class, () -> read(form));
    assertEquals("INVALID_REQUEST", problem.code());
    assertEquals(Optional.of(field), problem.field());
  }

  private static byte[] form(byte[] image) {
    var form = new ByteArrayOutputStream();
    form.writeBytes((REQUEST + IMAGE).getBytes(StandardCharsets.UTF_8));
    form.writeBytes(image);
    form.writeBytes("\r\n--b--".getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  private static AnalysisForm read(String form) {
    return AnalysisForm.of(form.getBytes(StandardCharsets.UTF_8), "b", 10_000);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
