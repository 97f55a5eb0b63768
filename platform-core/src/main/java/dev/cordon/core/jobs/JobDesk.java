package dev.cordon.core.jobs;

import com.fasterxml.uuid.Generators;
import dev.cordon.core.analysis.AnalysisPipeline;
import dev.cordon.core.analysis.AnalysisPipeline.DryRun;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.jobs.JobStore.Ended;
import dev.cordon.core.jobs.JobStore.Incoming;
import dev.cordon.core.jobs.JobStore.Known;
import dev.cordon.core.jobs.JobStore.Waiting;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.policy.language.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes jobs and their items in, and says what came of them; a tenant sees its own only. */
@ApplicationScoped
public class JobDesk {
  private static final int MOST_JOBS = 100;

  private final AnalysisPipeline pipeline;
  private final JobStore store;
  private final JobKeys keys;
  private final JobWorkers workers;
  private final AuditWriter audit;
  private final CordonConfig.Jobs config;
  private final Clock clock;

  public JobDesk(
      AnalysisPipeline pipeline,
      JobStore store,
      JobKeys keys,
      JobWorkers workers,
      AuditWriter audit,
      CordonConfig config,
      Clock clock) {
    this.pipeline = pipeline;
    this.store = store;
    this.keys = keys;
    this.workers = workers;
    this.audit = audit;
    this.config = config.jobs();
    this.clock = clock;
  }

  /** A job as it stands, and until when it is kept. */
  public record Status(UUID id, Job.State state, Counts counts, Instant created, Instant until) {}

  /** A job that was admitted, with the decision that stands on record. */
  public record Submitted(Status status, DryRun admission) {}

  /** How an item ended, with the body of its answer or problem, and the index of its leaf. */
  public record Result(String item, ItemState state, long leaf, byte[] body) {}

  /**
   * Takes a job in if its question would be admitted now; each item is decided on its own again.
   */
  public Submitted submit(Caller caller, AnalysisRequest request) {
    DryRun run = pipeline.decide(caller, request);
    if (run.assessment().decision().effect() != Effect.PERMIT) {
      throw Problem.denied(run.assessment().decision())
          .recorded(
              new Problem.Refusal(
                  run.id(), Optional.of(run.assessment().decision()), run.receipt()));
    }
    UUID id = Generators.timeBasedEpochGenerator().generate();
    byte[] sealedKey = keys.newKey(id);
    byte[] sealedRequest = keys.open(id, sealedKey).seal("request", request.json());
    Job job =
        new Job(
            id,
            caller,
            Job.Stage.OPEN,
            sealedKey,
            sealedRequest,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return inTransaction(
        () -> {
          if (store.all(caller.tenant()).size() >= MOST_JOBS) {
            throw Problem.of(
                Code.CONFLICT, "a tenant has at most " + MOST_JOBS + " jobs; delete one");
          }
          store.add(job);
          return new Submitted(status(job), run);
        });
  }

  /**
   * Takes an item in, which then is not lost any more. The same image under the same name is taken
   * as a repetition, so that a caller whose connection broke may send it again.
   */
  public ItemState put(String tenant, UUID id, String item, byte[] image) {
    Job job = find(tenant, id);
    JobKeys.Opened key = keys.open(id, job.sealedKey());
    Incoming incoming =
        new Incoming(item, key.mark(image), image.length, key.seal("image " + item, image));
    ItemState state = inTransaction(() -> put(job, incoming));
    workers.wake();
    return state;
  }

  private ItemState put(Job job, Incoming item) {
    boolean open = store.holdOpen(job.id());
    Optional<Known> there = store.known(job.id(), item.name());
    if (there.isPresent()) {
      if (!MessageDigest.isEqual(there.get().mark(), item.mark())) {
        throw Problem.at("item", Code.CONFLICT, "the job has another image under this name");
      }
      return there.get().state();
    }
    if (!open) {
      throw Problem.at("id", Code.CONFLICT, "the job takes no more items");
    }
    Waiting waiting = store.waiting(job.id());
    if (waiting.items() >= config.mostWaiting()
        || waiting.bytes() + item.bytes() > config.mostWaitingBytes()) {
      throw Problem.of(Code.OVERLOADED, "too much waits already; send this item again later");
    }
    if (!store.put(job.id(), item)) {
      throw Problem.at("item", Code.CONFLICT, "the item is being sent twice at this moment");
    }
    return ItemState.WAITING;
  }

  /** Ends the taking of items. */
  public Status close(String tenant, UUID id) {
    find(tenant, id);
    return changed(tenant, id, () -> store.close(id));
  }

  /** Drops what waits and ends what runs. */
  public Status cancel(String tenant, UUID id) {
    find(tenant, id);
    Status status = changed(tenant, id, () -> store.cancel(id));
    workers.stopRunning(List.of(id));
    workers.sweep();
    return status;
  }

  /** Destroys a job with everything that it holds. */
  public void erase(String tenant, UUID id) {
    find(tenant, id);
    inTransaction(
        () -> {
          store.erase(id);
          return null;
        });
    workers.stopRunning(List.of(id));
    workers.sweep();
  }

  /** The tenant's job as it stands now. */
  public Status status(String tenant, UUID id) {
    return inTransaction(() -> status(kept(tenant, id).orElseThrow(JobDesk::unknown)));
  }

  /** All jobs of the tenant. */
  public List<Status> list(String tenant) {
    return inTransaction(
        () -> store.all(tenant).stream().filter(this::isKept).map(this::status).toList());
  }

  /** What came of the items, in the order of their leaves, after the leaf with an index. */
  public List<Result> results(String tenant, UUID id, long after, int limit) {
    Job job = find(tenant, id);
    JobKeys.Opened key = keys.open(id, job.sealedKey());
    return inTransaction(() -> store.ended(id, after, limit)).stream()
        .map(ended -> result(key, ended))
        .toList();
  }

  private static Result result(JobKeys.Opened key, Ended ended) {
    return new Result(
        ended.item(),
        ended.state(),
        ended.leaf(),
        key.open("answer " + ended.item(), ended.sealedAnswer()));
  }

  private Status changed(String tenant, UUID id, Runnable change) {
    return inTransaction(
        () -> {
          change.run();
          return status(store.find(tenant, id).orElseThrow(JobDesk::unknown));
        });
  }

  private Job find(String tenant, UUID id) {
    return inTransaction(() -> kept(tenant, id)).orElseThrow(JobDesk::unknown);
  }

  /** What is over its time is gone for its tenant, even before a sweep has destroyed it. */
  private Optional<Job> kept(String tenant, UUID id) {
    return store.find(tenant, id).filter(this::isKept);
  }

  private boolean isKept(Job job) {
    return clock.instant().isBefore(until(job));
  }

  private Instant until(Job job) {
    return job.created().plus(config.retention());
  }

  private Status status(Job job) {
    Counts counts = store.counts(job.id());
    return new Status(job.id(), job.state(counts), counts, job.created(), until(job));
  }

  /** The log and the jobs lie in one database and fail alike. */
  private <T> T inTransaction(Supplier<T> work) {
    return audit.commit(work);
  }

  private static Problem unknown() {
    return Problem.at("id", Code.NOT_FOUND, "the tenant has no such job");
  }
}
