package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.cordon.audit.leaf.Entry;
import dev.cordon.audit.leaf.LeafFormat;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.analysis.AnalysisPipeline.DryRun;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.AnalysisRequest.Explanation;
import dev.cordon.core.release.Released;
import dev.cordon.core.routing.Route;
import dev.cordon.core.routing.Route.Answering;
import dev.cordon.core.routing.choice.Choice.Rejected;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.evaluation.Obligation;
import dev.cordon.policy.language.Effect;
import dev.cordon.policy.screening.Hit;
import dev.cordon.policy.screening.Screening;
import dev.cordon.policy.screening.Verdict;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Question;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The bodies of answers about analyses, decisions and the log, as the API contract names them. */
final class Answers {
  private Answers() {}

  /** Counts are there where things are detected: boxes of this answer by label, 0 for absent. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AnalysisAnswer(
      UUID id,
      List<FindingBody> findings,
      Map<String, Integer> counts,
      DecisionBody decision,
      RouteBody route,
      Answering model,
      Answering segmenter,
      Answering proposer,
      Receipt receipt) {
    static AnalysisAnswer of(AnalysisRequest request, Released released) {
      return new AnalysisAnswer(
          released.id(),
          released.findings().stream()
              .map(finding -> FindingBody.of(finding, released, request.format()))
              .toList(),
          Answers.boxesOf(request, released.findings()),
          DecisionBody.of(released.id(), released.decision()),
          RouteBody.of(request.wish().explanation(), released.route()),
          released.route().answering(),
          released.segments().by().map(Answering::of).orElse(null),
          released.proposer().map(Answering::of).orElse(null),
          released.receipt());
    }
  }

  private static Map<String, Integer> boxesOf(AnalysisRequest request, List<Finding> findings) {
    if (!request.capability().equals("object-detection")) {
      return null;
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    if (request.question() instanceof Question.Labels asked) {
      asked.labels().forEach(label -> counts.put(label, 0));
    }
    for (Finding finding : findings) {
      if (finding instanceof Finding.Box box) {
        counts.merge(box.label(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** What was not taken, and the cost, are there where they are asked for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RouteBody(
      String target, String model, String reason, List<RejectedBody> rejected, BigDecimal cost) {
    static RouteBody of(Explanation explanation, Route route) {
      boolean full = explanation == Explanation.FULL;
      return new RouteBody(
          route.target(),
          route.answering().id(),
          route.reason(),
          full ? route.course().rejected().stream().map(RejectedBody::of).toList() : null,
          full ? route.course().cost().stripTrailingZeros() : null);
    }
  }

  record RejectedBody(String target, String code, String reason) {
    static RejectedBody of(Rejected rejected) {
      return new RejectedBody(rejected.target(), rejected.why().name(), rejected.why().words());
    }
  }

  record DecisionBody(
      UUID id,
      String effect,
      String code,
      String bundle,
      String explanation,
      List<RuleBody> rules,
      List<Obligation> obligations) {
    static DecisionBody of(UUID id, Decision decision) {
      return new DecisionBody(
          id,
          word(decision.effect()),
          decision.code(),
          decision.bundle(),
          decision.explanation(),
          decision.rules().stream()
              .map(
                  rule ->
                      new RuleBody(
                          rule.id(),
                          word(rule.effect()),
                          rule.references(),
                          rule.explanation(),
                          rule.pack()))
              .toList(),
          decision.obligations());
    }

    private static String word(Effect effect) {
      return effect.name().toLowerCase(Locale.ROOT);
    }
  }

  record RuleBody(
      String id, String effect, List<String> references, String explanation, String pack) {}

  record DryRunAnswer(DecisionBody decision, ScreeningBody screening, Receipt receipt) {
    static DryRunAnswer of(DryRun run) {
      return new DryRunAnswer(
          DecisionBody.of(run.id(), run.assessment().decision()),
          ScreeningBody.of(run.assessment().screening()),
          run.receipt());
    }
  }

  record ScreeningBody(String verdict, List<Hit> hits) {
    static ScreeningBody of(Screening screening) {
      Verdict verdict = screening.verdict();
      return new ScreeningBody(verdict.name().toLowerCase(Locale.ROOT), screening.hits());
    }
  }

  record EntriesAnswer(List<EntryBody> entries) {
    /** Those of the tenant and of the host itself; another tenant's are left out. */
    static EntriesAnswer of(List<Entry> entries, String tenant) {
      return new EntriesAnswer(
          entries.stream().filter(entry -> isFor(tenant, entry)).map(EntryBody::of).toList());
    }
  }

  private static boolean isFor(String tenant, Entry entry) {
    return LeafFormat.read(entry.json())
        .filter(leaf -> leaf.tenant().isEmpty() || leaf.tenant().equals(tenant))
        .isPresent();
  }

  record EntryBody(long index, String leafHash, @JsonRawValue String leaf) {
    static EntryBody of(Entry entry) {
      return new EntryBody(
          entry.index(),
          HexFormat.of().formatHex(entry.leafHash()),
          new String(entry.json(), StandardCharsets.UTF_8));
    }
  }
}
