package dev.cordon.core.blackbox;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A caller of one tenant that runs jobs on a host. */
final class JobClient {
  private static final long PATIENCE_NANOS = 240_000_000_000L;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String url;
  private final String token;

  JobClient(HostProcess host, String tenant) throws IOException {
    this.url = host.url();
    this.token = host.token(tenant, Set.of("caller", "auditor"));
  }

  /** What came of an item, and what its receipt says. */
  record Outcome(String item, String state, String code, long leaf, String leafHash, String id) {}

  HttpResponse<String> send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    return HTTP.send(
        request(path)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> submit(String question) throws IOException, InterruptedException {
    return send("POST", "/v1/jobs", "application/json", question.getBytes());
  }

  /** Submits a question that is admitted; returns the job's id. */
  String begin(String question) throws IOException, InterruptedException {
    HttpResponse<String> answer = submit(question);
    if (answer.statusCode() != 201) {
      throw new IOException(answer.body());
    }
    return JsonPath.from(answer.body()).getString("job.id");
  }

  HttpResponse<String> put(String job, String item, byte[] image)
      throws IOException, InterruptedException {
    return send("PUT", "/v1/jobs/" + job + "/items/" + item, "application/octet-stream", image);
  }

  /** Sends an item until the host has room for it; returns how often it had none. */
  int putPatiently(String job, String item, byte[] image) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (int refusals = 0; ; refusals++) {
      HttpResponse<String> answer = put(job, item, image);
      if (answer.statusCode() == 202) {
        return refusals;
      }
      if (answer.statusCode() != 503 || System.nanoTime() > end) {
        throw new IOException(answer.statusCode() + ": " + answer.body());
      }
      Thread.sleep(20);
    }
  }

  JsonPath status(String job) throws IOException, InterruptedException {
    return JsonPath.from(get("/v1/jobs/" + job).body());
  }

  /** Waits for a job to be as asked. */
  JsonPath until(String job, Predicate<JsonPath> asked) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    JsonPath status = status(job);
    while (!asked.test(status)) {
      if (System.nanoTime() > end) {
        throw new IOException("the job stays " + status.prettify());
      }
      Thread.sleep(20);
      status = status(job);
    }
    return status;
  }

  /** All outcomes, read in pages. */
  List<Outcome> outcomes(String job) throws IOException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    String after = "";
    while (true) {
      JsonPath page = JsonPath.from(get("/v1/jobs/" + job + "/results?limit=90" + after).body());
      List<Map<String, Object>> results = page.getList("results");
      if (results.isEmpty()) {
        return outcomes;
      }
      results.forEach(result -> outcomes.add(outcome(result)));
      after = "&after=" + outcomes.getLast().leaf();
    }
  }

  private static Outcome outcome(Map<String, Object> result) {
    boolean done = result.containsKey("answer");
    Map<?, ?> body = (Map<?, ?>) result.get(done ? "answer" : "problem");
    Map<?, ?> receipt = (Map<?, ?>) body.get("receipt");
    return new Outcome(
        (String) result.get("item"),
        (String) result.get("state"),
        done ? "" : (String) body.get("code"),
        ((Number) receipt.get("index")).longValue(),
        (String) receipt.get("leafHash"),
        (String) body.get("id"));
  }

  /** The leaves from an index on: id and hash by index, as {@code id hash effect kind}. */
  Map<Long, String> leaves(long from) throws IOException, InterruptedException {
    Map<Long, String> leaves = new HashMap<>();
    while (true) {
      JsonPath page =
          JsonPath.from(get("/v1/audit/entries?limit=1000&from=" + (from + leaves.size())).body());
      List<Map<String, Object>> entries = page.getList("entries");
      if (entries.isEmpty()) {
        return leaves;
      }
      for (Map<String, Object> entry : entries) {
        Map<?, ?> leaf = (Map<?, ?>) entry.get("leaf");
        leaves.put(
            ((Number) entry.get("index")).longValue(),
            "%s %s %s %s"
                .formatted(
                    leaf.get("id"), entry.get("leafHash"), leaf.get("effect"), leaf.get("kind")));
      }
    }
  }

  /** The lines of the job's event stream, as they come. */
  Stream<String> events(String job) throws IOException, InterruptedException {
    return events(job, "");
  }

  /** As above, for one who has seen the event of that id; empty for nobody. */
  Stream<String> events(String job, String seen) throws IOException, InterruptedException {
    HttpRequest.Builder asked =
        request("/v1/jobs/" + job + "/events").header("Accept", "text/event-stream");
    if (!seen.isEmpty()) {
      asked.header("Last-Event-ID", seen);
    }
    return HTTP.send(asked.build(), BodyHandlers.ofLines()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + token);
  }
}
