package dev.cordon.core.analysis;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.admission.Admission;
import dev.cordon.core.admission.Admission.Assessment;
import dev.cordon.core.admission.Admitted;
import dev.cordon.core.catalog.LentPlugin;
import dev.cordon.core.catalog.PluginCatalog;
import dev.cordon.core.catalog.PluginStatistics;
import dev.cordon.core.collections.Visit;
import dev.cordon.core.collections.Visits;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.Trail;
import dev.cordon.core.identity.Caller;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.core.image.ImageDecoder;
import dev.cordon.core.image.ImageRefused;
import dev.cordon.core.inspection.Inspection;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.release.Found;
import dev.cordon.core.release.Keeping;
import dev.cordon.core.release.Release;
import dev.cordon.core.release.Released;
import dev.cordon.core.release.Standing;
import dev.cordon.core.routing.Router;
import dev.cordon.core.segmentation.Segments;
import dev.cordon.models.onnx.Cancellation;
import dev.cordon.models.onnx.OnnxSegmenter;
import dev.cordon.policy.language.Facts;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The hops of a governed call, in this order and nothing else. */
@ApplicationScoped
public class AnalysisPipeline {
  private static final Logger LOG = Logger.getLogger(AnalysisPipeline.class);
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private final Clock clock;
  private final PluginCatalog catalog;
  private final PluginStatistics statistics;
  private final Visits visits;
  private final Admission admission;
  private final ImageDecoder decoder;
  private final Inspection inspection;
  private final Router router;
  private final Release release;

  public AnalysisPipeline(
      Clock clock,
      PluginCatalog catalog,
      PluginStatistics statistics,
      Visits visits,
      Admission admission,
      ImageDecoder decoder,
      Inspection inspection,
      Router router,
      Release release) {
    this.clock = clock;
    this.catalog = catalog;
    this.statistics = statistics;
    this.visits = visits;
    this.admission = admission;
    this.decoder = decoder;
    this.inspection = inspection;
    this.router = router;
    this.release = release;
  }

  /** A decision without an answer, and the receipt of its leaf. */
  public record DryRun(UUID id, Assessment assessment, Receipt receipt) {}

  /** Answers with a committed leaf, or throws a problem whose leaf is committed. */
  public Released run(Caller caller, AnalysisRequest request, byte[] image, Cancellation call) {
    return run(caller, request, image, call, Keeping.NONE);
  }

  /** As above, with somebody who keeps the answer or the problem in the transaction of its leaf. */
  public Released run(
      Caller caller, AnalysisRequest request, byte[] image, Cancellation call, Keeping keeping) {
    LeafKind kind =
        request.place().flatMap(AnalysisRequest.Place::item).isPresent()
            ? LeafKind.ITEM_KEPT
            : LeafKind.ANALYSIS;
    return onRecord(
        trail(kind, caller, request, image).inBatch(keeping.batch()),
        keeping,
        trail -> answer(trail, Optional.of(image), call, keeping));
  }

  /** As above, for a question that comes without an image. */
  public Released run(Caller caller, AnalysisRequest request, Cancellation call) {
    return onRecord(
        trail(LeafKind.ANALYSIS, caller, request, new byte[0]),
        Keeping.NONE,
        trail -> answer(trail, Optional.empty(), call, Keeping.NONE));
  }

  /** Puts on record that a call is not tried again, and throws the reason. */
  public Released giveUp(
      Caller caller, AnalysisRequest request, byte[] image, Problem why, Keeping keeping) {
    return onRecord(
        trail(LeafKind.ANALYSIS, caller, request, image),
        keeping,
        trail -> {
          throw why;
        });
  }

  /** Decides without an image; the decision is a leaf too, whatever it says. */
  public DryRun decide(Caller caller, AnalysisRequest request) {
    return onRecord(
        trail(LeafKind.DRY_RUN, caller, request, new byte[0]),
        Keeping.NONE,
        trail -> {
          lend(trail).close();
          Assessment assessment = admission.assess(trail);
          return new DryRun(trail.id(), assessment, release.record(trail, assessment.decision()));
        });
  }

  private interface Hops<T> {
    T run(Trail trail) throws PluginException, ImageRefused;
  }

  private Trail trail(LeafKind kind, Caller caller, AnalysisRequest request, byte[] image) {
    return new Trail(IDS.generate(), clock.instant(), kind, caller, request, image);
  }

  /** Whatever goes wrong on the way becomes a leaf before it becomes a problem. */
  private <T> T onRecord(Trail trail, Keeping keeping, Hops<T> hops) {
    Problem ended;
    try {
      return hops.run(trail);
    } catch (Problem problem) {
      if (problem.code().equals(Code.AUDIT_UNAVAILABLE.name())) {
        release.leave(trail);
        throw problem;
      }
      ended = problem;
    } catch (PluginException failure) {
      ended = Failures.problem(trail, failure);
    } catch (ImageRefused refused) {
      ended = Failures.problem(refused);
    } catch (OutOfMemoryError full) {
      ended = Problem.of(Code.OVERLOADED, "the host is full; try again", full);
    } catch (Throwable fault) {
      // Errors too: a plugin that cannot be linked must leave a leaf like any other failure.
      LOG.errorf("call %s failed: %s", trail.id(), fault.getClass().getName());
      LOG.debug("cause", fault);
      ended = Problem.of(Code.INTERNAL, "the host failed", fault);
    }
    throw release.refuse(trail, ended, keeping);
  }

  private Released answer(Trail trail, Optional<byte[]> image, Cancellation call, Keeping keeping)
      throws PluginException, ImageRefused {
    try (LentPlugin plugin = lend(trail)) {
      Visit visit = visits.enter(trail, plugin.descriptor());
      try (Admitted admitted = admission.admit(trail, plugin.descriptor().permissions());
          DecodedImage decoded = decoded(image, admitted)) {
        Optional<DecodedImage> picture = Optional.ofNullable(decoded);
        Facts facts = inspection.inspect(admitted, picture);
        Proposals proposals = new Proposals(admitted, picture, call);
        PluginCall asked = new PluginCall(plugin, visit, picture, proposals, statistics);
        PluginCall.Answer answer = asked.answer(router, admitted, call);
        Segments segments = segments(admitted, picture, answer.findings(), call);
        Standing standing = alive(plugin, visit);
        Found released = new Found(answer.findings(), segments, proposals.by());
        return release.release(admitted, facts, answer.route(), released, standing, keeping);
      }
    }
  }

  /** The plugin of the call, noted on its trail; the caller returns it. */
  private LentPlugin lend(Trail trail) {
    AnalysisRequest request = trail.request();
    LentPlugin plugin =
        catalog.find(trail.caller().tenant(), request.purpose(), request.capability());
    String version = plugin.descriptor().version();
    if (request.wish().version().filter(asked -> !asked.equals(version)).isPresent()) {
      plugin.close();
      throw Problem.at("request.version", Code.NOT_FOUND, "what answers is version " + version);
    }
    trail.plugin(plugin.name());
    return plugin;
  }

  /**
   * Whatever a call does with a collection, nothing of a plugin that was killed meanwhile leaves.
   */
  private Standing alive(LentPlugin plugin, Visit visit) {
    return findings -> {
      catalog.requireAlive(plugin);
      return visit.settle(findings);
    };
  }

  /** What the segmenter that the call was admitted with cuts out at its prompts. */
  private static Segments segments(
      Admitted admitted, Optional<DecodedImage> picture, List<Finding> found, Cancellation call)
      throws PluginException {
    if (admitted.segmenter().isEmpty() || picture.isEmpty()) {
      return Segments.NONE;
    }
    OnnxSegmenter segmenter = admitted.segmenter().get();
    admitted.trail().alsoRan(segmenter.pack().digest());
    return Segments.cut(segmenter, picture.get(), found, call);
  }

  /** The image upright and small enough, or null for a call without one, which closes nothing. */
  private DecodedImage decoded(Optional<byte[]> image, Admitted admitted) throws ImageRefused {
    return image.isEmpty() ? null : decoder.decode(image.get(), admitted.model().pictureSide());
  }
}
