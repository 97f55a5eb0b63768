package dev.cordon.core.jobs;

import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.release.Released;

/** The JSON of questions and answers, the same as of a single analysis. */
public interface JobBodies {
  /** The question that was accepted as this JSON. */
  AnalysisRequest request(byte[] json);

  /** The body of an answer to a question. */
  byte[] answer(AnalysisRequest request, Released released);

  /** The body of a problem. */
  byte[] problem(Problem problem);
}
