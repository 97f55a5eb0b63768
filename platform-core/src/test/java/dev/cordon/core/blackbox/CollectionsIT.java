package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.TestHost.sample;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections over HTTP, from the first image to the erased one. */
class CollectionsIT {
  private static final List<String> PHOTOS = List.of("chelsea.jpg", "coffee.jpg", "rocket.jpg");
  private static final String PURPOSE = "accessibility-captions";
  private static final String FOR_PURPOSE = "{\"purpose\":\"" + PURPOSE + "\"}";

  private final TestHost host = TestHost.get();
  private final String collection = "c-" + UUID.randomUUID();

  @Test
  void findsWhatATextDescribesAndWhatLooksLikeAnImage() throws IOException {
    create(collection);
    for (String photo : PHOTOS) {
      keep(photo, sample(photo), FOR_PURPOSE, 200)
          .body("findings", hasSize(0))
          .body("decision.effect", equalTo("permit"))
          .body("receipt.index", notNullValue());
    }
    for (int i = PHOTOS.size(); i < 30; i++) {
      keep("drawing-" + i, drawing(i), FOR_PURPOSE, 200);
    }
    read().body("state", equalTo("ready")).body("items", equalTo(30));

    search("a photo of a cat", 3)
        .body("findings", hasSize(3))
        .body("findings.type", everyItem(equalTo("match")))
        .body("findings[0].item", equalTo("chelsea.jpg"))
        .body("route.target", equalTo("edge"))
        .body("receipt.leafHash", matchesPattern("[0-9a-f]{64}"));
    similar(sample("coffee.jpg"), 200)
        .body("findings[0].item", equalTo("coffee.jpg"))
        .body("findings[0].score", greaterThan(0.999f))
        .body("findings[1].score", lessThanOrEqualTo(1f));
    search("This is a photo of a cat. A small cat with whiskers.\nA furry animal.", 10)
        .body("findings[0].item", equalTo("chelsea.jpg"));
    reindex(200).body("verified", equalTo(30)).body("collection.state", equalTo("ready"));
    entries().body("entries.leaf.kind", hasItems("collection-created", "item-kept"));
  }

  @Test
  void aLaterImageReplacesAnEarlierOneAndAnErasedItemIsGone() throws IOException {
    create(collection);
    keep("one", sample("chelsea.jpg"), FOR_PURPOSE, 200);
    keep("one", sample("coffee.jpg"), FOR_PURPOSE, 200);
    keep("two", sample("rocket.jpg"), FOR_PURPOSE, 200);
    read().body("items", equalTo(2));
    similar(sample("coffee.jpg"), 200).body("findings[0].item", equalTo("one"));

    eraseItem("one", 200).body("receipt.leafHash", matchesPattern("[0-9a-f]{64}"));
    eraseItem("one", 404);
    search("coffee", 10).body("findings.item", equalTo(List.of("two")));
    eraseItem("two", 200);
    search("coffee", 10).body("findings", hasSize(0));
    read().body("state", equalTo("empty")).body("items", equalTo(0));

    caller().delete(url("")).then().statusCode(403);
    read().body("state", notNullValue());
    host.as("operator", "privacy-officer")
        .delete(url(""))
        .then()
        .statusCode(200)
        .body("receipt", notNullValue());
    caller().get(url("")).then().statusCode(404);
    searchJson("coffee", PURPOSE).then().statusCode(404).body("receipt", notNullValue());
    entries().body("entries.leaf.kind", hasItems("item-erased", "collection-erased"));
  }

  @Test
  @Tag("R11")
  void aCollectionServesItsPurposeAndItsTenantOnly() throws IOException {
    create(collection);
    keep("one", sample("chelsea.jpg"), FOR_PURPOSE, 200);

    searchJson("cat", "course-recommendation")
        .then()
        .statusCode(403)
        .body("code", equalTo("PURPOSE_MISMATCH"))
        .body("receipt", notNullValue());
    keep("two", sample("chelsea.jpg"), "{\"purpose\":\"inventory-check\"}", 403)
        .body("code", equalTo("PURPOSE_MISMATCH"));
    RequestSpecification stranger = host.as("other", Set.of("caller"));
    stranger.get(url("")).then().statusCode(404);
    host.as("other", Set.of("caller"))
        .get(host.url() + "/v1/collections")
        .then()
        .statusCode(200)
        .body("collections", hasSize(0));
    host.as("other", Set.of("caller", "operator")).delete(url("")).then().statusCode(404);
    host.as("auditor").get(url("")).then().statusCode(403);
    caller().get(host.url() + "/v1/collections").then().body("collections.id", hasItem(collection));
  }

  @Test
  @Tag("R05")
  @Tag("R13")
  void noSearchAsksWhatAnAnalysisMayNot() throws IOException {
    create(collection);
    keep("one", sample("chelsea.jpg"), FOR_PURPOSE, 200);
    for (String text : List.of("an angry man", "A cup. Find the Asian woman.")) {
      searchJson(text, PURPOSE)
          .then()
          .statusCode(403)
          .body("decision.effect", equalTo("deny"))
          .body("receipt", notNullValue());
    }
  }

  @Test
  @Tag("R24")
  @Tag("R40")
  void aWithdrawalErasesTheItemsOfItsSubject() throws IOException {
    create(collection);
    String subject = "subject-" + UUID.randomUUID();
    String naming = "{\"purpose\":\"" + PURPOSE + "\",\"subjects\":[\"" + subject + "\"]}";
    keep("theirs", sample("chelsea.jpg"), naming, 403).body("code", equalTo("CONSENT_MISSING"));
    String consent = consent(subject);
    keep("theirs", sample("chelsea.jpg"), naming, 200);
    keep("other", sample("coffee.jpg"), FOR_PURPOSE, 200);
    search("cat", 10).body("findings.item", hasItem("theirs"));

    caller().post(host.url() + "/v1/consents/" + consent + "/withdrawal").then().statusCode(200);

    search("cat", 10).body("findings.item", equalTo(List.of("other")));
    similar(sample("chelsea.jpg"), 200).body("findings.item", equalTo(List.of("other")));
    read().body("items", equalTo(1));
    eraseItem("theirs", 404);
    keep("theirs", sample("chelsea.jpg"), naming, 403);
  }

  @Test
  void badInputHasAClearAnswer() throws IOException {
    create(collection);
    create(collection, 409).body("field", equalTo("request.id"));
    search("cat", 10).body("findings", hasSize(0));
    similar(sample("chelsea.jpg"), 200).body("findings", hasSize(0));
    reindex(409).body("code", equalTo("CONFLICT"));
    for (String bad : List.of("a%20b", "%C3%A4", ".hidden", "a".repeat(101))) {
      form(sample("chelsea.jpg"), FOR_PURPOSE)
          .urlEncodingEnabled(false)
          .put(url("/items/" + bad))
          .then()
          .statusCode(400)
          .body("field", equalTo("item"));
    }
    keep("bomb", "not an image".getBytes(), FOR_PURPOSE, 415);
    keep("one", sample("chelsea.jpg"), "{\"purpose\":\"nowhere\"}", 403);
    keep("one", sample("chelsea.jpg"), "{}", 400).body("field", equalTo("request.purpose"));
    json("{\"purpose\":\"" + PURPOSE + "\",\"text\":\"cat\",\"options\":{\"topK\":501}}")
        .post(url("/search"))
        .then()
        .statusCode(400)
        .body("field", equalTo("request.options.topK"));
    json(FOR_PURPOSE).post(url("/search")).then().statusCode(400);
    json("{\"purpose\":\"nowhere\"}")
        .post(host.url() + "/v1/collections")
        .then()
        .statusCode(400)
        .body("field", equalTo("request.purpose"));
    caller().get(host.url() + "/v1/collections/Not-A-Name").then().statusCode(404);
    host.analysis(
            sample("chelsea.jpg"),
            "{\"capability\":\"image-search\",\"purpose\":\"" + PURPOSE + "\",\"text\":\"cat\"}")
        .post("/v1/analyses")
        .then()
        .statusCode(422)
        .body("field", equalTo("request.capability"));
  }

  @Test
  void anItemErasedDuringSearchesIsNotNamedAfterwards() throws Exception {
    create(collection);
    for (int i = 0; i < 8; i++) {
      keep("item-" + i, drawing(i), FOR_PURPOSE, 200);
    }
    AtomicBoolean stop = new AtomicBoolean();
    List<JsonPath> answers = new ArrayList<>();
    int[] erased = new int[8];
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<?> searching =
          pool.submit(
              () -> {
                while (!stop.get()) {
                  answers.add(search("a circle", 10).extract().jsonPath());
                }
              });
      for (int i = 0; i < 8; i++) {
        erased[i] = eraseItem("item-" + i, 200).extract().path("receipt.index");
      }
      stop.set(true);
      searching.get();
    }
    answers.add(search("a circle", 10).extract().jsonPath());
    for (JsonPath answer : answers) {
      for (int i = 0; i < 8; i++) {
        boolean isNamed = answer.getList("findings.item").contains("item-" + i);
        assertTrue(!isNamed || answer.getInt("receipt.index") < erased[i], "item-" + i);
      }
    }
  }

  @Test
  void aRestartedHostFindsWhatTheFirstOneKept(@TempDir Path data) throws Exception {
    String before;
    try (HostProcess first = HostProcess.start(data)) {
      given()
          .auth()
          .oauth2(first.token("caller"))
          .contentType("application/json")
          .body("{\"id\":\"kept\",\"purpose\":\"" + PURPOSE + "\"}")
          .post(first.url() + "/v1/collections")
          .then()
          .statusCode(201);
      for (String photo : PHOTOS) {
        form(sample(photo), FOR_PURPOSE, first.token("caller"))
            .put(first.url() + "/v1/collections/kept/items/" + photo)
            .then()
            .statusCode(200);
      }
      before = findings(first);
    }
    try (HostProcess second = HostProcess.start(data)) {
      assertEquals(before, findings(second));
      assertTrue(before.contains("coffee.jpg"));
    }
  }

  private static String findings(HostProcess host) throws IOException {
    return form(sample("coffee.jpg"), FOR_PURPOSE, host.token("caller"))
        .post(host.url() + "/v1/collections/kept/search")
        .then()
        .statusCode(200)
        .extract()
        .path("findings")
        .toString();
  }

  private void create(String name) {
    create(name, 201)
        .body("collection.id", equalTo(name))
        .body("collection.state", equalTo("empty"));
  }

  private ValidatableResponse create(String name, int status) {
    return json("{\"id\":\"" + name + "\",\"purpose\":\"" + PURPOSE + "\"}")
        .post(host.url() + "/v1/collections")
        .then()
        .statusCode(status);
  }

  private ValidatableResponse keep(String item, byte[] image, String request, int status) {
    return form(image, request).put(url("/items/" + item)).then().statusCode(status);
  }

  private ValidatableResponse eraseItem(String item, int status) {
    return caller().delete(url("/items/" + item)).then().statusCode(status);
  }

  private ValidatableResponse search(String text, int most) {
    return json("{\"purpose\":\"%s\",\"text\":\"%s\",\"options\":{\"topK\":%d}}"
            .formatted(PURPOSE, text.replace("\n", "\\n"), most))
        .post(url("/search"))
        .then()
        .statusCode(200);
  }

  private io.restassured.response.Response searchJson(String text, String purpose) {
    return json("{\"purpose\":\"%s\",\"text\":\"%s\"}".formatted(purpose, text))
        .post(url("/search"));
  }

  private ValidatableResponse similar(byte[] image, int status) {
    return form(image, FOR_PURPOSE).post(url("/search")).then().statusCode(status);
  }

  private ValidatableResponse reindex(int status) {
    return caller().post(url("/reindex")).then().statusCode(status);
  }

  private ValidatableResponse read() {
    return caller().get(url("")).then().statusCode(200);
  }

  private ValidatableResponse entries() {
    return host.as("auditor").get("/v1/audit/entries?limit=1000").then().statusCode(200);
  }

  private String consent(String subject) {
    return json("""
            {"subject":"%s","purpose":"%s","kind":"regular","notice":{"id":"n","language":"en"}}"""
            .formatted(subject, PURPOSE))
        .post(host.url() + "/v1/consents")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private RequestSpecification caller() {
    return host.as("caller");
  }

  private RequestSpecification json(String body) {
    return caller().contentType("application/json").body(body);
  }

  private RequestSpecification form(byte[] image, String request) {
    return form(image, request, host.token("demo", Set.of("caller")));
  }

  private static RequestSpecification form(byte[] image, String request, String token) {
    return given()
        .auth()
        .oauth2(token)
        .multiPart("image", "image", image)
        .multiPart("request", request, "application/json");
  }

  private String url(String rest) {
    return host.url() + "/v1/collections/" + collection + rest;
  }

  /** A coloured circle at a place of its own. */
  private static byte[] drawing(int number) throws IOException {
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
