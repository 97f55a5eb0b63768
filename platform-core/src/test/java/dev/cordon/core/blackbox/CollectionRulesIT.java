package dev.cordon.core.blackbox;

import static dev.cordon.core.blackbox.CollectionClient.FOR_PURPOSE;
import static dev.cordon.core.blackbox.CollectionClient.PURPOSE;
import static dev.cordon.core.blackbox.TestHost.sample;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What purpose, screen and consent say of collections holds over HTTP. */
class CollectionRulesIT {
  private final TestHost host = TestHost.get();
  private final CollectionClient photos = new CollectionClient(host);

  @Test
  @Tag("R11")
  void aCollectionServesItsPurposeAndItsTenantOnly() throws IOException {
    photos.create();
    photos.keep("one", sample("chelsea.jpg"), FOR_PURPOSE, 200);

    photos
        .searchJson("cat", "course-recommendation")
        .then()
        .statusCode(403)
        .body("code", equalTo("PURPOSE_MISMATCH"))
        .body("receipt", notNullValue());
    photos
        .keep("two", sample("chelsea.jpg"), "{\"purpose\":\"inventory-check\"}", 403)
        .body("code", equalTo("PURPOSE_MISMATCH"));
    RequestSpecification stranger = host.as("other", Set.of("caller"));
    stranger.get(photos.url("")).then().statusCode(404);
    host.as("other", Set.of("caller"))
        .get(host.url() + "/v1/collections")
        .then()
        .statusCode(200)
        .body("collections", hasSize(0));
    host.as("other", Set.of("caller", "operator")).delete(photos.url("")).then().statusCode(404);
    host.as("auditor").get(photos.url("")).then().statusCode(403);
    photos
        .caller()
        .get(host.url() + "/v1/collections")
        .then()
        .body("collections.id", hasItem(photos.name));
  }

  @Test
  @Tag("R05")
  @Tag("R13")
  void noSearchAsksWhatAnAnalysisMayNot() throws IOException {
    photos.create();
    photos.keep("one", sample("chelsea.jpg"), FOR_PURPOSE, 200);
    for (String text : List.of("an angry man", "A cup. Find the Asian woman.")) {
      photos
          .searchJson(text, PURPOSE)
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
    photos.create();
    String subject = "subject-" + UUID.randomUUID();
    String naming = "{\"purpose\":\"" + PURPOSE + "\",\"subjects\":[\"" + subject + "\"]}";
    photos
        .keep("theirs", sample("chelsea.jpg"), naming, 403)
        .body("code", equalTo("CONSENT_MISSING"));
    String consent = photos.consent(subject);
    photos.keep("theirs", sample("chelsea.jpg"), naming, 200);
    photos.keep("other", sample("coffee.jpg"), FOR_PURPOSE, 200);
    photos.search("cat", 10).body("findings.item", hasItem("theirs"));

    photos
        .caller()
        .post(host.url() + "/v1/consents/" + consent + "/withdrawal")
        .then()
        .statusCode(200);

    photos.search("cat", 10).body("findings.item", equalTo(List.of("other")));
    photos.similar(sample("chelsea.jpg"), 200).body("findings.item", equalTo(List.of("other")));
    photos.read().body("items", equalTo(1));
    photos.eraseItem("theirs", 404);
    photos.keep("theirs", sample("chelsea.jpg"), naming, 403);
  }
}
