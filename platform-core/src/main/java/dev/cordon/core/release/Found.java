package dev.cordon.core.release;

import dev.cordon.core.segmentation.Segments;
import dev.cordon.models.registry.ModelPackage;
import dev.cordon.spi.Finding;
import java.util.List;
import java.util.Optional;

/** What a call found before any of it is released, and by which further models. */
public record Found(List<Finding> findings, Segments segments, Optional<ModelPackage> proposer) {}
