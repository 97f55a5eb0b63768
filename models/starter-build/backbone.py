"""EfficientNet-Lite2 as ONNX, from its checkpoint, with the label head on top."""

import math

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BATCH_NORM_EPSILON = 1e-3
WIDTH, DEPTH, STEM, HEAD = 1.1, 1.2, 32, 1280
# (repeats, kernel, stride, expansion, in, out) before scaling
STAGES = [
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
]


def channels(count):
    scaled = count * WIDTH
    rounded = max(8, int(scaled + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * scaled else rounded


def blocks():
    """(kernel, stride, expansion, in, out) of the 21 blocks; first and last stage are not repeated more."""
    out, inward = [], STEM
    for number, (repeats, kernel, stride, expansion, _, outward) in enumerate(STAGES):
        if 0 < number < len(STAGES) - 1:
            repeats = math.ceil(repeats * DEPTH)
        for repeat in range(repeats):
            width = channels(outward)
            out.append((kernel, stride if repeat == 0 else 1, expansion, inward, width))
            inward = width
    return out


class Graph:
    """Collects nodes and initialisers; tensors are named for their convolution, n00 to n63."""

    def __init__(self, tensors):
        self.tensors, self.nodes, self.initializers, self.count = tensors, [], [], 0
        self.add("c0", np.array([0], np.float32))
        self.add("c6", np.array([6], np.float32))

    def add(self, name, array):
        self.initializers.append(numpy_helper.from_array(array, name))
        return name

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def convolution(self, source, weight, norm, stride=1, group=1, relu=True):
        name = f"n{self.count:02d}"
        self.count += 1
        folded, bias = fold(self.tensors, weight, norm)
        kernel = folded.shape[2]
        # a dynamic height and width need TensorFlow's padding; fixed pads would be wrong at 260
        padding = {"auto_pad": "SAME_UPPER"} if kernel > 1 else {}
        inputs = [source, self.add(name + "_w", folded), self.add(name + "_b", bias)]
        shape = {"kernel_shape": [kernel, kernel], "strides": [stride, stride], "group": group}
        out = self.node("Conv", inputs, name + "_c", **shape, **padding)
        return self.node("Clip", [out, "c0", "c6"], name + "_r") if relu else out


def fold(tensors, weight, norm):
    kernel = tensors[weight + ".weight"].astype(np.float64)
    gamma, beta, mean, variance = (
        tensors[f"{norm}.{part}"].astype(np.float64) for part in ("weight", "bias", "running_mean", "running_var")
    )
    scale = gamma / np.sqrt(variance + BATCH_NORM_EPSILON)
    return (kernel * scale[:, None, None, None]).astype(np.float32), (beta - mean * scale).astype(np.float32)


def backbone(tensors):
    """The convolutions up to the 1280-channel map."""
    graph = Graph(tensors)
    out = graph.convolution("pixel_values", "_conv_stem", "_bn0", stride=2)
    for index, (_, stride, expansion, inward, outward) in enumerate(blocks()):
        prefix, source = f"_blocks.{index}.", out
        if expansion != 1:
            out = graph.convolution(out, prefix + "_expand_conv", prefix + "_bn0")
        wide = inward * expansion
        out = graph.convolution(out, prefix + "_depthwise_conv", prefix + "_bn1", stride=stride, group=wide)
        out = graph.convolution(out, prefix + "_project_conv", prefix + "_bn2", relu=False)
        if stride == 1 and inward == outward:
            out = graph.node("Add", [out, source], f"b{index:02d}_add")
    return graph, graph.convolution(out, "_conv_head", "_bn1")


def model(graph, outputs, name):
    pixels = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch", 3, "height", "width"])
    values = [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape) for key, shape in outputs.items()]
    body = helper.make_graph(graph.nodes, name, [pixels], values, graph.initializers)
    return helper.make_model(
        body, ir_version=8, producer_name="starter", opset_imports=[helper.make_opsetid("", 17)]
    )


def features(tensors):
    """A graph that gives the pooled 1280 numbers and the map they are pooled from."""
    graph, last = backbone(tensors)
    graph.node("GlobalAveragePool", [last], "pooled")
    return model(graph, {"pooled": ["batch", HEAD, 1, 1], last: ["batch", HEAD, "rows", "columns"]}, "features")


def image_tower(tensors, weights, biases, bank, temperature):
    """The whole float32 tower: label probabilities weigh label vectors, for the picture and each patch."""
    graph, last = backbone(tensors)
    labels, dimension = bank.shape
    weights = (weights / temperature).astype(np.float32)
    graph.add("head_w", np.ascontiguousarray(weights.T)[:, :, None, None])
    graph.add("head_b", (biases / temperature).astype(np.float32))
    graph.add("label_embeds", bank.astype(np.float16))
    graph.add("flat", np.array([0, labels, -1], np.int64))
    graph.node("Cast", ["label_embeds"], "bank", to=TensorProto.FLOAT)
    graph.node("GlobalAveragePool", [last], "pooled")
    graph.node("Conv", ["pooled", "head_w", "head_b"], "pooled_logits", kernel_shape=[1, 1])
    graph.node("Flatten", ["pooled_logits"], "pooled_flat")
    graph.node("Softmax", ["pooled_flat"], "label_probs", axis=-1)
    graph.node("MatMul", ["label_probs", "bank"], "pooled_embed")
    graph.node("LpNormalization", ["pooled_embed"], "image_embeds", axis=-1, p=2)
    graph.node("Conv", [last, "head_w", "head_b"], "patch_logits", kernel_shape=[1, 1])
    graph.node("Reshape", ["patch_logits", "flat"], "patch_flat")
    graph.node("Transpose", ["patch_flat"], "patch_seq", perm=[0, 2, 1])
    graph.node("Softmax", ["patch_seq"], "patch_probs", axis=-1)
    graph.node("MatMul", ["patch_probs", "bank"], "patch_embeds")
    outputs = {"image_embeds": ["batch", dimension], "patch_embeds": ["batch", "patches", dimension]}
    return model(graph, outputs, "starter_image_encoder")


def store_as_int8(tower):
    """Stores each convolution's weights as int8 per output channel, restored by Cast and Mul.

    onnxruntime folds these two at load, so the arithmetic stays float32; it does not fold DequantizeLinear.
    """
    values = {tensor.name: tensor for tensor in tower.graph.initializer}
    stored, nodes, done = [], [], {}
    for node in tower.graph.node:
        if node.op_type == "Conv":
            name = node.input[1]
            if name not in done:
                weights = numpy_helper.to_array(values.pop(name))
                scale = np.abs(weights).max(axis=(1, 2, 3), keepdims=True) / 127
                scale = np.maximum(scale, 1e-12).astype(np.float32)  # two channels of n01 and n10 are all zero
                levels = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
                stored += [numpy_helper.from_array(levels, name + "_q"), numpy_helper.from_array(scale, name + "_s")]
                nodes.append(helper.make_node("Cast", [name + "_q"], [name + "_f"], name=name + "_f", to=TensorProto.FLOAT))
                nodes.append(helper.make_node("Mul", [name + "_f", name + "_s"], [name + "_dq"], name=name + "_dq"))
                done[name] = name + "_dq"
            node.input[1] = done[name]
        nodes.append(node)
    small = onnx.ModelProto()
    small.CopyFrom(tower)
    del small.graph.node[:], small.graph.initializer[:]
    small.graph.node.extend(nodes)
    small.graph.initializer.extend([*values.values(), *stored])
    onnx.checker.check_model(small)
    return small
