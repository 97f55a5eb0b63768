package dev.cordon.core.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.core.api.Answers.AnalysisAnswer;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.jobs.JobBodies;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.release.Released;
import jakarta.inject.Singleton;

/** Bodies of jobs are those of the API. */
@Singleton
class StoredBodies implements JobBodies {
  private final RequestReader requests;
  private final ObjectMapper json;

  StoredBodies(RequestReader requests, ObjectMapper json) {
    this.requests = requests;
    this.json = json;
  }

  @Override
  public AnalysisRequest request(byte[] body) {
    return requests.read("request", body);
  }

  @Override
  public byte[] answer(AnalysisRequest request, Released released) {
    return write(AnalysisAnswer.of(request, released));
  }

  @Override
  public byte[] problem(Problem problem) {
    return write(ProblemBody.of(problem));
  }

  private byte[] write(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a body has no JSON", e);
    }
  }
}
