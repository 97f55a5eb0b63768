package dev.cordon.core.serving;

import dev.cordon.core.config.CordonConfig;
import dev.cordon.core.record.AuditWriter;
import dev.cordon.models.manifest.ModelManifest.Task;
import dev.cordon.models.onnx.OnnxOptions;
import dev.cordon.models.onnx.OnnxProposer;
import dev.cordon.models.onnx.OnnxSegmenter;
import dev.cordon.models.registry.ModelPackageException;
import dev.cordon.models.registry.ModelRegistry;
import dev.cordon.models.registry.VerifiedPackage;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The active packages beside the model that answers: a segmenter and a proposal model. Most hosts
 * have none, so each is loaded when a call first asks for it.
 */
@ApplicationScoped
public class Companions {
  private static final int MOST_THREADS = 4;

  private final CordonConfig config;
  private final Companion<OnnxSegmenter> segmenter;
  private final Companion<OnnxProposer> proposer;

  public Companions(
      ModelRegistry registry,
      InstalledPackages installed,
      CordonConfig config,
      AuditWriter audit,
      Clock clock) {
    this.config = config;
    this.segmenter =
        new Companion<>(
            Task.PROMPTABLE_SEGMENTATION,
            "segmenter",
            verified -> OnnxSegmenter.load(verified.pack(), options()),
            registry,
            installed,
            audit,
            clock);
    this.proposer =
        new Companion<>(
            Task.REGION_PROPOSAL,
            "proposal model",
            verified -> OnnxProposer.load(verified.pack(), options()),
            registry,
            installed,
            audit,
            clock);
  }

  /** The segmenter that is active now, or nothing when none is. */
  public Optional<OnnxSegmenter> segmenter() {
    return segmenter.lend();
  }

  /** The proposal model that is active now, or nothing when none is. */
  public Optional<OnnxProposer> proposer() {
    return proposer.lend();
  }

  /** What is loaded now. */
  public List<VerifiedPackage> serving() {
    return Stream.of(segmenter.serving(), proposer.serving()).flatMap(Optional::stream).toList();
  }

  /** Replaces the active segmenter once its activation is committed, or changes nothing. */
  public <T> T replaceSegmenter(VerifiedPackage next, Supplier<T> commit)
      throws ModelPackageException {
    return segmenter.replace(next, commit);
  }

  /** Replaces the active proposal model once its activation is committed, or changes nothing. */
  public <T> T replaceProposer(VerifiedPackage next, Supplier<T> commit)
      throws ModelPackageException {
    return proposer.replace(next, commit);
  }

  @PreDestroy
  void close() {
    segmenter.close();
    proposer.close();
  }

  private OnnxOptions options() {
    int asked = config.models().threads();
    return new OnnxOptions(
        asked > 0 ? asked : Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  }
}
