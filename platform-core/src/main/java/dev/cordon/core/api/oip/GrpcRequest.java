package dev.cordon.core.api.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.models.oip.stub.InferParameter;
import dev.cordon.models.oip.stub.ModelInferRequest;
import dev.cordon.models.oip.stub.ModelInferRequest.InferInputTensor;
import dev.cordon.models.oip.stub.ModelInferRequest.InferRequestedOutputTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A request over gRPC: inputs all have typed contents, or all are raw. */
final class GrpcRequest {
  private GrpcRequest() {}

  static boolean isRaw(ModelInferRequest request) {
    return request.getRawInputContentsCount() > 0;
  }

  static InferenceCall read(ModelInferRequest request) {
    List<InferInputTensor> tensors = request.getInputsList();
    if (isRaw(request) && request.getRawInputContentsCount() != tensors.size()) {
      throw Problem.at(
          "raw_input_contents", Code.INVALID_REQUEST, "must be as many as there are inputs");
    }
    List<InputTensor> inputs = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      inputs.add(input(tensors.get(i), isRaw(request) ? request.getRawInputContents(i) : null));
    }
    Map<String, JsonNode> parameters =
        request.getParametersMap().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> value(entry.getValue())));
    for (InferRequestedOutputTensor output : request.getOutputsList()) {
      refuseParameters("outputs", output.getParametersMap());
    }
    return new InferenceCall(
        request.getModelName(),
        request.getModelVersion(),
        request.getId(),
        parameters,
        inputs,
        request.getOutputsList().stream().map(InferRequestedOutputTensor::getName).toList());
  }

  private static InputTensor input(InferInputTensor tensor, ByteString raw) {
    String name = tensor.getName();
    String shown = InferenceQuestion.INPUTS.contains(name) ? name : "?";
    InputTensor bare =
        new InputTensor(shown, tensor.getDatatype(), tensor.getShapeList(), count -> List.of());
    refuseParameters("inputs." + shown, tensor.getParametersMap());
    if (raw == null) {
      List<ByteString> typed = tensor.getContents().getBytesContentsList();
      return new InputTensor(
          name, bare.datatype(), bare.shape(), count -> strings(bare, typed, count));
    }
    if (tensor.hasContents()) {
      throw bare.bad("contents may not stand beside raw contents");
    }
    return new InputTensor(
        name,
        bare.datatype(),
        bare.shape(),
        count -> RawStrings.decode(bare, raw.asReadOnlyByteBuffer(), count));
  }

  private static List<byte[]> strings(InputTensor input, List<ByteString> typed, int count) {
    if (typed.size() != count) {
      throw input.bad("the shape promises another number of elements than `bytes_contents` has");
    }
    return typed.stream().map(ByteString::toByteArray).toList();
  }

  /** What would be asked for by one, such as shared memory, is not to be had here. */
  private static void refuseParameters(String field, Map<String, InferParameter> parameters) {
    if (!parameters.isEmpty()) {
      throw Problem.at(field + ".parameters", Code.INVALID_REQUEST, "none are known here");
    }
  }

  private static JsonNode value(InferParameter parameter) {
    return switch (parameter.getParameterChoiceCase()) {
      case BOOL_PARAM -> BooleanNode.valueOf(parameter.getBoolParam());
      case INT64_PARAM -> LongNode.valueOf(parameter.getInt64Param());
      case STRING_PARAM -> TextNode.valueOf(parameter.getStringParam());
      case DOUBLE_PARAM -> DoubleNode.valueOf(parameter.getDoubleParam());
      case UINT64_PARAM -> LongNode.valueOf(parameter.getUint64Param());
      case PARAMETERCHOICE_NOT_SET -> NullNode.instance;
    };
  }
}
