package dev.cordon.core.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.audit.verify.ProofResult;
import dev.cordon.audit.verify.ProofVerifier;
import dev.cordon.core.cli.HostClient.Answer;
import dev.cordon.core.identity.DemoIdentity;
import dev.cordon.core.identity.Role;
import dev.cordon.core.wiring.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The whole promise in one run: a permitted question, a refused one, a withdrawn consent, and the
 * proof of it all.
 */
@Command(
    name = "demo",
    description = "Sends real photographs through the governed path and verifies the log.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String LABELS =
      "\"labels\":[\"cat\",\"dog\",\"cup of coffee\",\"rocket\",\"flower\",\"bicycle\"]";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the data here (default: a folder that is deleted at the end)")
  private Path data;

  private boolean held = true;

  @Override
  public Integer call() throws Exception {
    Path samples =
        Path.of(Optional.ofNullable(System.getenv("CORDON_HOME")).orElse("."), "samples");
    Path folder = data == null ? Files.createTempDirectory("cordon-demo") : data;
    if (data == null) {
      // For a signal; the child host's own hook stops it at the same time.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(folder)));
    }
    try {
      System.out.println("starting a host with its own Postgres, starter model and demo identity");
      try (ChildHost host = ChildHost.start(folder)) {
        String token = DemoIdentity.open(folder).token("demo", Set.of(Role.CALLER), "cordon");
        walk(new HostClient(host.address(), token), samples);
      }
      say("6. The host is stopped. The whole log, re-derived from its leaves");
      int verified =
          new CommandLine(new LogCommand()).execute("verify", "--data", folder.toString());
      check(verified == 0, "every leaf, subtree and checkpoint holds");
    } finally {
      if (data == null) {
        DataFolder.delete(folder);
      }
    }
    System.out.println(held ? "\nevery step held" : "\nA STEP DID NOT HOLD");
    return held ? 0 : 1;
  }

  private void walk(HostClient client, Path samples) throws IOException, InterruptedException {
    say("1. What is in chelsea.jpg? (purpose accessibility-captions, area home)");
    Answer permitted =
        client.analyse(
            samples.resolve("chelsea.jpg"), request("accessibility-captions", "home", LABELS));
    show(permitted);
    check(permitted.status() == 200, "permitted");
    check(top(permitted).equals("cat"), "the likeliest label is `cat`");

    say("2. Is the person in astronaut.jpg happy or sad? (purpose inventory-check, area retail)");
    Answer denied =
        client.analyse(
            samples.resolve("astronaut.jpg"),
            request("inventory-check", "retail", "\"labels\":[\"happy woman\",\"sad woman\"]"));
    show(denied);
    check(
        denied.status() == 403 && code(denied).equals("BIOMETRIC_USE"), "refused with its reason");

    say("3. A named subject consents, is analysed, withdraws, and is analysed no more");
    consent(client, samples);

    say("4. The proof of answer 1, checked with nothing but its receipt and the log's key");
    JsonNode receipt = permitted.body().path("receipt");
    String proof = client.get("/v1/audit/proofs/" + receipt.path("index").asLong());
    ProofResult result =
        ProofVerifier.verify(
            proof,
            HexFormat.of().parseHex(receipt.path("leafHash").asText("00")),
            client.get("/log/vkey").strip());
    System.out.println(proof.indent(3));
    check(result.ok(), "the leaf is in the signed log");

    say("5. The same proof for another leaf");
    check(
        !ProofVerifier.verify(proof, new byte[32], client.get("/log/vkey").strip()).ok(),
        "does not verify");
  }

  private void consent(HostClient client, Path samples) throws IOException, InterruptedException {
    Path photo = samples.resolve("flower.jpg");
    String request =
        request("accessibility-captions", "home", "\"subjects\":[\"visitor-7\"]," + LABELS);
    check(client.analyse(photo, request).status() == 403, "without consent: refused");
    Answer given =
        client.post(
            "/v1/consents",
            """
            {"subject":"visitor-7","purpose":"accessibility-captions","kind":"regular",
             "notice":{"id":"notice-1","language":"en"}}
            """);
    check(given.status() == 201, "consent " + given.body().path("status").asText());
    check(client.analyse(photo, request).status() == 200, "with consent: answered");
    Answer withdrawn =
        client.post("/v1/consents/" + given.body().path("id").asText() + "/withdrawal", "");
    check(withdrawn.status() == 200, "consent " + withdrawn.body().path("status").asText());
    Answer after = client.analyse(photo, request);
    show(after);
    check(code(after).equals("CONSENT_MISSING"), "after the withdrawal: refused");
  }

  private static String request(String purpose, String area, String rest) {
    return "{\"capability\":\"image-tagging\",\"purpose\":\"%s\",\"area\":\"%s\",%s}"
        .formatted(purpose, area, rest);
  }

  private static String top(Answer answer) {
    return answer.body().path("findings").path(0).path("label").asText();
  }

  private static String code(Answer answer) {
    return answer.body().path("code").asText();
  }

  private static void show(Answer answer) {
    JsonNode body = answer.body();
    for (JsonNode finding : body.path("findings")) {
      double score = finding.path("score").asDouble();
      System.out.printf(
          "   %-16s %5.1f %%  %s%n",
          finding.path("label").asText(), 100 * score, "█".repeat((int) Math.round(30 * score)));
    }
    JsonNode decision = body.path("decision");
    System.out.printf(
        "   decision  %s %s, bundle %.12s…%n",
        decision.path("effect").asText(),
        decision.path("code").asText(),
        decision.path("bundle").asText());
    if (body.has("detail")) {
      System.out.printf("   because   %s%n", body.path("detail").asText());
    }
    for (JsonNode rule : decision.path("rules")) {
      System.out.printf(
          "   rule      %s (%s)%n", rule.path("id").asText(), rule.path("effect").asText());
      rule.path("references").forEach(law -> System.out.println("             " + law.asText()));
    }
    if (body.has("route")) {
      System.out.printf(
          "   route     %s, model %s%n",
          body.path("route").path("target").asText(), body.path("route").path("model").asText());
      System.out.printf("             %s%n", body.path("model").path("description").asText());
    }
    System.out.printf(
        "   receipt   leaf %d, %s%n",
        body.path("receipt").path("index").asLong(),
        body.path("receipt").path("leafHash").asText());
  }

  private static void say(String step) {
    System.out.println("\n" + step);
  }

  private void check(boolean holds, String what) {
    held &= holds;
    System.out.println("   " + (holds ? "✔ " : "✘ ") + what);
  }

  private static void discard(Path folder) {
    for (int tries = 0; Files.exists(folder) && tries < 20; tries++) {
      try {
        DataFolder.delete(folder);
      } catch (IOException inUse) {
        LockSupport.parkNanos(500_000_000);
      }
    }
  }
}
