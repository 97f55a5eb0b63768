package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.api.Answers.DecisionBody;
import dev.cordon.core.jobs.Counts;
import dev.cordon.core.jobs.ItemState;
import dev.cordon.core.jobs.JobDesk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The bodies of answers about jobs. */
final class JobAnswers {
  private JobAnswers() {}

  record JobBody(UUID id, String state, Counts counts, String createdAt, String keptUntil) {
    static JobBody of(JobDesk.Status job) {
      return new JobBody(
          job.id(),
          job.state().word(),
          job.counts(),
          job.created().toString(),
          job.until().toString());
    }
  }

  record ItemBody(String item, String state) {}

  record JobsAnswer(List<JobBody> jobs) {}

  record SubmissionAnswer(JobBody job, DecisionBody decision, Receipt receipt) {
    static SubmissionAnswer of(JobDesk.Submitted submitted) {
      var run = submitted.admission();
      return new SubmissionAnswer(
          JobBody.of(submitted.status()),
          DecisionBody.of(run.id(), run.assessment().decision()),
          run.receipt());
    }
  }

  record ResultsAnswer(List<ResultBody> results) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ResultBody(
      String item,
      String state,
      long leaf,
      @JsonRawValue String answer,
      @JsonRawValue String problem) {
    static ResultBody of(JobDesk.Result result) {
      String body = new String(result.body(), StandardCharsets.UTF_8);
      boolean done = result.state() == ItemState.DONE;
      return new ResultBody(
          result.item(),
          result.state().word(),
          result.leaf(),
          done ? body : null,
          done ? null : body);
    }
  }
}
