package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.CollectionClient.FOR_PURPOSE;
import static dev.cordon.core.blackbox.CollectionClient.PURPOSE;
import static dev.cordon.core.blackbox.CollectionClient.drawing;
import static dev.cordon.core.blackbox.CollectionClient.form;
import static dev.cordon.core.blackbox.TestHost.sample;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections over HTTP, from the first image to the erased one. */
class CollectionsIT {
  private static final List<String> PHOTOS = List.of("chelsea.jpg", "coffee.jpg", "rocket.jpg");
  private final TestHost host = TestHost.get();
  private final CollectionClient photos = new CollectionClient(host);

  @Test
  void findsWhatATextDescribesAndWhatLooksLikeAnImage() throws IOException {
    photos.create();
    for (String photo : PHOTOS) {
      photos
          .keep(photo, sample(photo), FOR_PURPOSE, 200)
          .body("findings", hasSize(0))
          .body("decision.effect", equalTo("permit"))
          .body("receipt.index", notNullValue());
    }
    for (int i = PHOTOS.size(); i < 30; i++) {
      photos.keep("drawing-" + i, drawing(i), FOR_PURPOSE, 200);
    }
    photos.read().body("state", equalTo("ready")).body("items", equalTo(30));

    photos
        .search("a photo of a cat", 3)
        .body("findings", hasSize(3))
        .body("findings.type", everyItem(equalTo("match")))
        .body("findings[0].item", equalTo("chelsea.jpg"))
        .body("route.target", equalTo("edge"))
        .body("receipt.leafHash", matchesPattern("[0-9a-f]{64}"));
    photos
        .similar(sample("coffee.jpg"), 200)
        .body("findings[0].item", equalTo("coffee.jpg"))
        .body("findings[0].score", greaterThan(0.999f))
        .body("findings[1].score", lessThanOrEqualTo(1f));
    photos
        .search("This is a photo of a cat. A small cat with whiskers.\nA furry animal.", 10)
        .body("findings[0].item", equalTo("chelsea.jpg"));
    photos.reindex(200).body("verified", equalTo(30)).body("collection.state", equalTo("ready"));
    photos.entries().body("entries.leaf.kind", hasItems("collection-created", "item-kept"));
  }

  @Test
  void aLaterImageReplacesAnEarlierOneAndAnErasedItemIsGone() throws IOException {
    photos.create();
    photos.keep("one", sample("chelsea.jpg"), FOR_PURPOSE, 200);
    photos.keep("one", sample("coffee.jpg"), FOR_PURPOSE, 200);
    photos.keep("two", sample("rocket.jpg"), FOR_PURPOSE, 200);
    photos.read().body("items", equalTo(2));
    photos.similar(sample("coffee.jpg"), 200).body("findings[0].item", equalTo("one"));

    photos.eraseItem("one", 200).body("receipt.leafHash", matchesPattern("[0-9a-f]{64}"));
    photos.eraseItem("one", 404);
    photos.search("coffee", 10).body("findings.item", equalTo(List.of("two")));
    photos.eraseItem("two", 200);
    photos.search("coffee", 10).body("findings", hasSize(0));
    photos.read().body("state", equalTo("empty")).body("items", equalTo(0));

    photos.caller().delete(photos.url("")).then().statusCode(403);
    photos.read().body("state", notNullValue());
    host.as("operator", "privacy-officer")
        .delete(photos.url(""))
        .then()
        .statusCode(200)
        .body("receipt", notNullValue());
    photos.caller().get(photos.url("")).then().statusCode(404);
    photos.searchJson("coffee", PURPOSE).then().statusCode(404).body("receipt", notNullValue());
    photos.entries().body("entries.leaf.kind", hasItems("item-erased", "collection-erased"));
  }

  @Test
  void badInputHasAClearAnswer() throws IOException {
    photos.create();
    photos.create(409).body("field", equalTo("request.id"));
    photos.search("cat", 10).body("findings", hasSize(0));
    photos.similar(sample("chelsea.jpg"), 200).body("findings", hasSize(0));
    photos.reindex(409).body("code", equalTo("CONFLICT"));
    for (String bad : List.of("a%20b", "%C3%A4", ".hidden", "a".repeat(101))) {
      photos
          .form(sample("chelsea.jpg"), FOR_PURPOSE)
          .urlEncodingEnabled(false)
          .put(photos.url("/items/" + bad))
          .then()
          .statusCode(400)
          .body("field", equalTo("item"));
    }
    photos.keep("bomb", "not an image".getBytes(), FOR_PURPOSE, 415);
    photos.keep("one", sample("chelsea.jpg"), "{\"purpose\":\"nowhere\"}", 403);
    photos.keep("one", sample("chelsea.jpg"), "{}", 400).body("field", equalTo("request.purpose"));
    photos
        .json("{\"purpose\":\"" + PURPOSE + "\",\"text\":\"cat\",\"options\":{\"topK\":501}}")
        .post(photos.url("/search"))
        .then()
        .statusCode(400)
        .body("field", equalTo("request.options.topK"));
    photos.json(FOR_PURPOSE).post(photos.url("/search")).then().statusCode(400);
    photos
        .json("{\"purpose\":\"nowhere\"}")
        .post(host.url() + "/v1/collections")
        .then()
        .statusCode(400)
        .body("field", equalTo("request.purpose"));
    photos.caller().get(host.url() + "/v1/collections/Not-A-Name").then().statusCode(404);
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
    photos.create();
    for (int i = 0; i < 8; i++) {
      photos.keep("item-" + i, drawing(i), FOR_PURPOSE, 200);
    }
    AtomicBoolean stop = new AtomicBoolean();
    List<JsonPath> answers = new ArrayList<>();
    int[] erased = new int[8];
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<?> searching =
          pool.submit(
              () -> {
                while (!stop.get()) {
                  answers.add(photos.search("a circle", 10).extract().jsonPath());
                }
              });
      for (int i = 0; i < 8; i++) {
        erased[i] = photos.eraseItem("item-" + i, 200).extract().path("receipt.index");
      }
      stop.set(true);
      searching.get();
    }
    answers.add(photos.search("a circle", 10).extract().jsonPath());
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
}
