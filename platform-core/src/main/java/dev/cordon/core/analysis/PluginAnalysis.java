package dev.cordon.core.analysis;

import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.image.DecodedImage;
import dev.cordon.spi.Analysis;
import dev.cordon.spi.AnswerOptions;
import dev.cordon.spi.ImageGeometry;
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
  public ImageGeometry image() {
    return picture.geometry();
  }

  @Override
  public Pixels pixels() throws PluginException {
    throw new PluginException(
        PluginException.Kind.NOT_PERMITTED, "no plugin of this host may read pixels");
  }
}
