package dev.cordon.core.blackbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;

/** A caller that works on one collection of its own. */
final class CollectionClient {
  static final String PURPOSE = "accessibility-captions";
  static final String FOR_PURPOSE = "{\"purpose\":\"" + PURPOSE + "\"}";

  final String name = "c-" + UUID.randomUUID();
  private final TestHost host;

  CollectionClient(TestHost host) {
    this.host = host;
  }

  void create() {
    create(201).body("collection.id", equalTo(name)).body("collection.state", equalTo("empty"));
  }

  ValidatableResponse create(int status) {
    return json("{\"id\":\"" + name + "\",\"purpose\":\"" + PURPOSE + "\"}")
        .post(host.url() + "/v1/collections")
        .then()
        .statusCode(status);
  }

  ValidatableResponse keep(String item, byte[] image, String request, int status) {
    return form(image, request).put(url("/items/" + item)).then().statusCode(status);
  }

  ValidatableResponse eraseItem(String item, int status) {
    return caller().delete(url("/items/" + item)).then().statusCode(status);
  }

  ValidatableResponse search(String text, int most) {
    return json("{\"purpose\":\"%s\",\"text\":\"%s\",\"options\":{\"topK\":%d}}"
            .formatted(PURPOSE, text.replace("\n", "\\n"), most))
        .post(url("/search"))
        .then()
        .statusCode(200);
  }

  Response searchJson(String text, String purpose) {
    return json("{\"purpose\":\"%s\",\"text\":\"%s\"}".formatted(purpose, text))
        .post(url("/search"));
  }

  ValidatableResponse similar(byte[] image, int status) {
    return form(image, FOR_PURPOSE).post(url("/search")).then().statusCode(status);
  }

  ValidatableResponse reindex(int status) {
    return caller().post(url("/reindex")).then().statusCode(status);
  }

  ValidatableResponse read() {
    return caller().get(url("")).then().statusCode(200);
  }

  ValidatableResponse entries() {
    return host.as("auditor").get("/v1/audit/entries?limit=1000").then().statusCode(200);
  }

  String consent(String subject) {
    return json("""
            {"subject":"%s","purpose":"%s","kind":"regular","notice":{"id":"n","language":"en"}}"""
            .formatted(subject, PURPOSE))
        .post(host.url() + "/v1/consents")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  RequestSpecification caller() {
    return host.as("caller");
  }

  RequestSpecification json(String body) {
    return caller().contentType("application/json").body(body);
  }

  RequestSpecification form(byte[] image, String request) {
    return form(image, request, host.token("demo", Set.of("caller")));
  }

  static RequestSpecification form(byte[] image, String request, String token) {
    return given()
        .auth()
        .oauth2(token)
        .multiPart("image", "image", image)
        .multiPart("request", request, "application/json");
  }

  String url(String rest) {
    return host.url() + "/v1/collections/" + name + rest;
  }

  /** A coloured circle at a place of its own. */
  static byte[] drawing(int number) throws IOException {
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.getHSBColor(number / 30f, 1, 1));
    graphics.fillOval(number % 5 * 12, number / 5 * 10, 40, 40);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
