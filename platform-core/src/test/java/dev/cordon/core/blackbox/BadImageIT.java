package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.Problems.problem;
import static dev.cordon.core.blackbox.TestHost.sample;
import static dev.cordon.core.blackbox.TestHost.tagging;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A file that is no image, or a broken or too large one, ends in a problem; an odd one does not.
 */
class BadImageIT {
  private static final String GOOD = tagging("accessibility-captions", "home", "\"cat\",\"dog\"");
  private static final byte[] CAT = sample("chelsea.jpg");
  private final TestHost host = TestHost.get();

  @Test
  void aFileThatIsNoImageIs415WithALeaf() {
    refusedImage("just text".getBytes(StandardCharsets.UTF_8), 415, "IMAGE_UNSUPPORTED");
    refusedImage(new byte[0], 415, "IMAGE_UNSUPPORTED");
  }

  @Test
  void aVectorGraphicIs415() {
    String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    refusedImage(svg.getBytes(StandardCharsets.UTF_8), 415, "IMAGE_UNSUPPORTED");
  }

  @Test
  void aPolyglotIs415() throws IOException {
    ByteArrayOutputStream polyglot = new ByteArrayOutputStream();
    polyglot.write(CAT);
    polyglot.write("PK\3\4 an archive behind a picture".getBytes(StandardCharsets.ISO_8859_1));
    refusedImage(polyglot.toByteArray(), 415, "IMAGE_UNSUPPORTED");
  }

  @Test
  void aTruncatedImageIs422() {
    refusedImage(Arrays.copyOf(CAT, CAT.length / 2), 422, "IMAGE_INVALID");
  }

  @Test
  void aBombIsRefusedByItsHeader() {
    refusedImage(pngHeader(10_000, 10_000), 413, "TOO_LARGE");
  }

  @Test
  void fiftyMegabytesAre413() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(host.url() + "/v1/analyses"))
            .header("Authorization", "Bearer " + host.token("demo", Set.of("caller")))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[50_000_000]))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(413, answer.statusCode());
      assertTrue(answer.body().contains("\"code\":\"TOO_LARGE\""), answer.body());
    }
  }

  @Test
  void anImageOverTheLimitIs413() {
    byte[] large = Arrays.copyOf(CAT, 21_000_000);
    problem(host.analysis(large, GOOD).post("/v1/analyses"), 413, "TOO_LARGE")
        .body("field", equalTo("image"));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "20000, 10", "10, 20000"})
  void anImageOfAnyShapeIsAnsweredByEveryCapability(int width, int height) throws IOException {
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    for (String capability : List.of("image-tagging", "object-detection", "segmentation-prompts")) {
      host.analysis(png.toByteArray(), GOOD.replace("image-tagging", capability))
          .post("/v1/analyses")
          .then()
          .statusCode(200)
          .body("receipt.index", notNullValue());
    }
  }

  @Test
  void twoHundredLabelsAreAnsweredByEveryCapability() {
    String labels =
        IntStream.range(0, 200).mapToObj(i -> "\"thing " + i + "\"").collect(joining(","));
    String question = tagging("accessibility-captions", "home", labels);
    for (String capability : List.of("image-tagging", "object-detection", "segmentation-prompts")) {
      host.analysis(CAT, question.replace("image-tagging", capability))
          .post("/v1/analyses")
          .then()
          .statusCode(200)
          .body("receipt.index", notNullValue());
    }
  }

  private void refusedImage(byte[] image, int status, String code) {
    problem(host.analysis(image, GOOD).post("/v1/analyses"), status, code)
        .body("field", equalTo("image"))
        .body("receipt.index", notNullValue());
  }

  /** A PNG of some hundred bytes whose header promises this many pixels. */
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    chunk(png, "IHDR", header.array());
    chunk(png, "IEND", new byte[0]);
    return png.array();
  }

  private static void chunk(ByteBuffer png, String type, byte[] body) {
    CRC32 crc = new CRC32();
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    crc.update(name);
    crc.update(body);
    png.putInt(body.length).put(name).put(body).putInt((int) crc.getValue());
  }
}
