package dev.cordon.core.analysis;

import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.ImageGeometry;
import dev.cordon.spi.ImageQuality;
import dev.cordon.spi.Pixels;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.Question;
import dev.cordon.spi.VisionLanguage;

/** The part of a call that a plugin sees. */
record PluginAnalysis(AnalysisRequest request, DecodedImage picture, VisionLanguage model)
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
    return true;
  }

  @Override
  public ImageGeometry image() {
    return picture.geometry();
  }

  @Override
  public ImageQuality quality() {
    var measured = picture.quality();
    return new ImageQuality(measured.brightness(), measured.contrast(), measured.sharpness());
  }

  @Override
  public Pixels pixels() throws PluginException {
    throw new PluginException(
        PluginException.Kind.NOT_PERMITTED, "no plugin of this host may read pixels");
  }

  @Override
  public Gallery gallery() throws PluginException {
    throw new PluginException(
        PluginException.Kind.NOT_PERMITTED, "this call searches no collection");
  }
}
