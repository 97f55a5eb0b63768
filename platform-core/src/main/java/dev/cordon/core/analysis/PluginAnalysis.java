package dev.cordon.core.analysis;

import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Permission;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.PluginDescriptor;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;
import dev.cordon.spi.Region;
import dev.cordon.spi.VisionLanguage;
import java.util.List;
import java.util.Optional;

/** The part of a call that a plugin sees. */
record PluginAnalysis(
    PluginDescriptor plugin,
    AnalysisRequest request,
    Optional<DecodedImage> picture,
    VisionLanguage model,
    Optional<Gallery> collection,
    Proposals proposed)
    implements Analysis {
  @Override
  public Question question() {
    return request.question();
  }

  @Override
  public AnswerOptions options() {
    return request.options();
  }

  @Override
  public boolean hasImage() {
    return picture.isPresent();
  }

  @Override
  public ImageGeometry image() {
    return given().geometry();
  }

  @Override
  public ImageQuality quality() {
    var measured = given().quality();
    return new ImageQuality(measured.brightness(), measured.contrast(), measured.sharpness());
  }

  @Override
  public Pixels pixels() throws PluginException {
    if (!plugin.permissions().contains(Permission.PIXELS)) {
      throw new PluginException(
          PluginException.Kind.NOT_PERMITTED, "this plugin may not read pixels");
    }
    return region -> {
      if (!region.isInside(given().geometry())) {
        throw new PluginException(
            PluginException.Kind.FAULT, "the plugin asked for pixels outside the image");
      }
      return given().full().part(region);
    };
  }

  @Override
  public Gallery gallery() throws PluginException {
    return collection.orElseThrow(
        () ->
            new PluginException(
                PluginException.Kind.NOT_PERMITTED, "this call searches no collection"));
  }

  @Override
  public List<Region> proposals() throws PluginException {
    if (!plugin.permissions().contains(Permission.PROPOSALS)) {
      throw new PluginException(
          PluginException.Kind.NOT_PERMITTED, "this plugin may not ask for proposals");
    }
    return proposed.regions();
  }

  private DecodedImage given() {
    return picture.orElseThrow(() -> new IllegalStateException("this call has no image"));
  }
}
