package dev.cordon.core.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Speaks to a host over HTTP as any caller would. */
final class HostClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "cordon-part-boundary";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;
  private final String token;

  HostClient(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  /** An answer's status and body. */
  record Answer(int status, JsonNode body) {}

  /** Asks about one image. */
  Answer analyse(Path image, String request) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, "name=\"image\"; filename=\"image\"", "application/octet-stream");
    body.write(Files.readAllBytes(image));
    part(body, "name=\"request\"", "application/json");
    body.write(request.getBytes(StandardCharsets.UTF_8));
    body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return post(
        "/v1/analyses",
        "multipart/form-data; boundary=" + BOUNDARY,
        BodyPublishers.ofByteArray(body.toByteArray()));
  }

  /** Posts JSON. */
  Answer post(String path, String json) throws IOException, InterruptedException {
    return post(path, "application/json", BodyPublishers.ofString(json));
  }

  /** Reads a text. */
  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request(path).GET().build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  private Answer post(String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            request(path).header("Content-Type", type).POST(body).build(),
            BodyHandlers.ofByteArray());
    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
  }

  /** Sends bytes of a media type; without one it sends no body. */
  Answer send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<byte[]> answer =
        http.send(
            request
                .method(
                    method,
                    type.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());
    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private static void part(ByteArrayOutputStream body, String disposition, String type)
      throws IOException {
    String header =
        "\r\n--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
            .formatted(BOUNDARY, disposition, type);
    body.write(header.getBytes(StandardCharsets.US_ASCII));
  }
}
