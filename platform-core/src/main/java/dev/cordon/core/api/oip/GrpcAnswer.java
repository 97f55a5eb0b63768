package dev.cordon.core.api.oip;

import com.google.protobuf.ByteString;
import dev.cordon.models.oip.stub.InferParameter;
import dev.cordon.models.oip.stub.InferTensorContents;
import dev.cordon.models.oip.stub.ModelInferResponse;
import dev.cordon.models.oip.stub.ModelInferResponse.InferOutputTensor;

/** An answer over gRPC: raw to who asked raw, else with typed contents. */
final class GrpcAnswer {
  private GrpcAnswer() {}

  static ModelInferResponse of(Inferences.Answer answer, boolean raw) {
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(answer.model())
            .setModelVersion(answer.version())
            .setId(answer.id());
    answer.parameters().forEach((name, value) -> response.putParameters(name, parameter(value)));
    for (OutputTensor output : answer.outputs()) {
      InferOutputTensor.Builder tensor =
          InferOutputTensor.newBuilder()
              .setName(output.name())
              .setDatatype(output.datatype())
              .addAllShape(output.shape());
      if (raw) {
        response.addRawOutputContents(ByteString.copyFrom(output.raw()));
      } else {
        tensor.setContents(contents(output.values()));
      }
      response.addOutputs(tensor);
    }
    return response.build();
  }

  private static InferTensorContents contents(OutputTensor.Values values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    switch (values) {
      case OutputTensor.Values.Texts texts ->
          texts.list().forEach(text -> contents.addBytesContents(ByteString.copyFromUtf8(text)));
      case OutputTensor.Values.Floats floats -> contents.addAllFp32Contents(floats.list());
    }
    return contents.build();
  }

  private static InferParameter parameter(Object value) {
    InferParameter.Builder parameter = InferParameter.newBuilder();
    return value instanceof Long number
        ? parameter.setInt64Param(number).build()
        : parameter.setStringParam(value.toString()).build();
  }
}
