"""Makes a package as large as OpenAI's CLIP ViT-B/32, with random weights: for speed and memory, not for answers.

Usage: python make_vit_b32.py TOY OUT [--fp32]
TOY is models/testdata/families/clip-vit-b32, whose small text tower and tokenizer are taken over; OUT gets
manifest.json, both graphs, the tokenizer and a card. Without --fp32 the weights are int8 as in the quantised exports
(onnxruntime's dynamic quantisation: MatMulInteger), about 88 MB.
Needs numpy, onnx, onnxruntime (made with 2.4.6, 1.23.2, 1.32.0).
The tower is that of Radford et al., Learning Transferable Visual Models From Natural Language Supervision, 2021:
patches of 32 pixels, width 768, 12 layers of 12 heads, MLP 3072 with x * sigmoid(1.702 x), projection to 512.
"""

import hashlib
import json
import pathlib
import shutil
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

WIDTH, LAYERS, HEADS, MLP, OUT, SIDE, PATCH = 768, 12, 12, 3072, 512, 224, 32
TOKENS = (SIDE // PATCH) ** 2 + 1


class Builder:
    """Nodes and weights of one graph; each method returns the name of what it computes."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.nodes, self.weights = [], []

    def constant(self, value):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def normal(self, *shape):
        return self.constant((self.random.standard_normal(shape) * 0.02).astype(np.float32))

    def node(self, kind, *inputs, output=None, **attributes):
        name = output or f"x{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def linear(self, x, rows, columns):
        return self.node("Add", self.node("MatMul", x, self.normal(rows, columns)), self.normal(columns))

    def norm(self, x):
        one, zero = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
        return self.node("LayerNormalization", x, self.constant(one), self.constant(zero), axis=-1, epsilon=1e-5)

    def attention(self, x):
        split = self.constant(np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
        heads = []
        for order in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]):
            heads.append(self.node("Transpose", self.node("Reshape", self.linear(x, WIDTH, WIDTH), split), perm=order))
        query, key, value = heads
        scale = self.constant(np.float32((WIDTH // HEADS) ** -0.5))
        weights = self.node("Softmax", self.node("Mul", self.node("MatMul", query, key), scale), axis=-1)
        joined = self.node("Transpose", self.node("MatMul", weights, value), perm=[0, 2, 1, 3])
        flat = self.node("Reshape", joined, self.constant(np.array([0, 0, WIDTH], np.int64)))
        return self.linear(flat, WIDTH, WIDTH)

    def mlp(self, x):
        wide = self.linear(x, WIDTH, MLP)
        gate = self.node("Sigmoid", self.node("Mul", wide, self.constant(np.float32(1.702))))
        return self.linear(self.node("Mul", wide, gate), MLP, WIDTH)


def tower():
    b = Builder(32)
    patches = b.node("Conv", "pixel_values", b.normal(WIDTH, 3, PATCH, PATCH), kernel_shape=[PATCH, PATCH], strides=[PATCH, PATCH])
    rows = b.node("Transpose", b.node("Reshape", patches, b.constant(np.array([0, WIDTH, -1], np.int64))), perm=[0, 2, 1])
    batch = b.node("Slice", b.node("Shape", "pixel_values"), *(b.constant(np.array([i], np.int64)) for i in (0, 1)))
    shape = b.node("Concat", batch, b.constant(np.array([1, WIDTH], np.int64)), axis=0)
    x = b.node("Concat", b.node("Expand", b.normal(1, 1, WIDTH), shape), rows, axis=1)
    x = b.norm(b.node("Add", x, b.normal(1, TOKENS, WIDTH)))
    for _ in range(LAYERS):
        x = b.node("Add", x, b.attention(b.norm(x)))
        x = b.node("Add", x, b.mlp(b.norm(x)))
    first = b.node("Gather", x, b.constant(np.int64(0)), axis=1)
    b.node("MatMul", b.norm(first), b.normal(WIDTH, OUT), output="image_embeds")
    graph = helper.make_graph(
        b.nodes,
        "vit-b32-random",
        [helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch_size", "num_channels", "height", "width"])],
        [helper.make_tensor_value_info("image_embeds", TensorProto.FLOAT, ["batch_size", OUT])],
        b.weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main():
    toy, out = map(pathlib.Path, sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    for name in ["text_model.onnx", "tokenizer.json"]:
        shutil.copy(toy / name, out / name)
    graph = out / "vision_model.onnx"
    onnx.save(tower(), graph)
    if "--fp32" not in sys.argv:
        quantize_dynamic(graph, graph, weight_type=QuantType.QUInt8, op_types_to_quantize=["MatMul"])
    manifest = json.loads((toy / "manifest.json").read_text())
    (out / "model_card.md").write_text("Random weights, for measurements of speed and memory; it knows nothing.\n")
    manifest["id"] = "random-vit-b32"
    manifest["title"] = "as large as CLIP ViT-B/32, random weights"
    manifest["sources"] = [{"part": "everything", "origin": "make_vit_b32.py", "licence": "Apache-2.0"}]
    # Dynamic quantisation takes its scales from the whole batch.
    manifest["image"]["batch"] = "exact" if "--fp32" in sys.argv else "single"
    manifest["files"] = {
        p.name: {"sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "bytes": p.stat().st_size}
        for p in sorted(out.iterdir())
        if p.name not in ("manifest.json", "model.sig", "bom.cdx.json")
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


main()
