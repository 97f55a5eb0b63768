"""Makes families/proposer: a proposal model in miniature, and what it must answer.

    python -m venv target/venv && target/venv/bin/pip install onnx==1.23.2 onnxruntime==1.32.0 numpy pillow
    target/venv/bin/python models/testdata/make_proposer.py

The graph has thirteen boxes of its own, among them one that reaches out of the picture and one without area; which of them it gives, and with
what score, hangs on the picture's colours. The answers are computed by ONNX Runtime and Pillow, which are not ours.
"""

import hashlib
import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

HERE = pathlib.Path(__file__).parent
OUT = HERE / "families" / "proposer"
SIDE = 64
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
BOXES = [
    [0.35, 0.02, 0.85, 0.66], [0.05, 0.1, 0.3, 0.9], [0.5, 0.5, 1.2, 1.1], [0.4, 0.4, 0.4, 0.8], [0.0, 0.0, 1.0, 1.0],
    [0.1, 0.6, 0.45, 0.95], [0.62, 0.05, 0.98, 0.4], [0.12, 0.1, 0.52, 0.75], [0.1, 0.05, 0.6, 0.8], [0.15, 0.2, 0.45, 0.65],
    [0.2, 0.25, 0.5, 0.6], [0.05, 0.05, 0.7, 0.85], [0.2, 0.1, 0.55, 0.5]]
node = helper.make_node


def graph(rng):
    value = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    weights = {
        "all": np.array(BOXES, np.float32),
        "colours": (rng.normal(size=(3, len(BOXES))) * 2).astype(np.float32),
        "least": np.float32(0.2), "flat": np.array([-1]),
    }
    nodes = [
        node("GlobalAveragePool", ["pixel_values"], ["mean"]),
        node("Flatten", ["mean"], ["means"]),
        node("MatMul", ["means", "colours"], ["logits"]),
        node("Sigmoid", ["logits"], ["sure"]),
        node("Reshape", ["sure", "flat"], ["each"]),
        # Only what it is a little sure of, so that their number hangs on the picture.
        node("Greater", ["each", "least"], ["taken"]),
        node("NonZero", ["taken"], ["rows"]),
        node("Reshape", ["rows", "flat"], ["row"]),
        node("Gather", ["all", "row"], ["boxes"], axis=0),
        node("Gather", ["each", "row"], ["scores"], axis=0),
    ]
    made = helper.make_graph(
        nodes, "toy", [value("pixel_values", [1, 3, SIDE, SIDE])], [value("boxes", ["n", 4]), value("scores", ["n"])],
        [numpy_helper.from_array(np.asarray(weight), name) for name, weight in weights.items()])
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, OUT / "proposals.onnx")


def tensor(name, shape):
    return {"name": name, "type": "float32", "shape": shape}


def manifest(files):
    return {
        "format": 1, "id": "toy-proposer", "version": "1", "title": "A proposal model in miniature, random weights",
        "description": "A proposal model in miniature with random weights: its boxes mean nothing", "family": "toy",
        "task": "region-proposal", "licence": "ISC",
        "sources": [{"part": "everything", "origin": "make_proposer.py", "licence": "ISC"}],
        "languages": ["zxx"], "intendedUse": ["tests"], "outOfScope": ["everything else"], "card": "model_card.md", "files": files,
        "proposer": {
            "graph": "proposals.onnx", "input": tensor("pixel_values", [1, 3, SIDE, SIDE]), "boxes": tensor("boxes", [-1, 4]),
            "scores": tensor("scores", [-1]), "resize": "bilinear-antialias", "range": 1, "mean": MEAN, "std": STD},
    }


def answer(photo):
    image = Image.open(HERE / "photos" / f"{photo}.png").convert("RGB")
    squashed = np.asarray(image.resize((SIDE, SIDE), Image.BILINEAR), np.float64) / 255
    pixels = ((squashed - MEAN) / STD).transpose(2, 0, 1)[None].astype(np.float32)
    boxes, scores = onnxruntime.InferenceSession(OUT / "proposals.onnx").run(["boxes", "scores"], {"pixel_values": pixels})
    order = np.argsort(-scores, kind="stable")
    return {"size": image.size, "boxes": boxes[order].tolist(), "scores": scores[order].tolist()}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    graph(np.random.default_rng(7))
    (OUT / "model_card.md").write_text("Random weights for tests; see `make_proposer.py`.\n")
    files = {
        p.name: {"sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "bytes": p.stat().st_size}
        for p in sorted(OUT.iterdir()) if p.name != "manifest.json"}
    (OUT / "manifest.json").write_text(json.dumps(manifest(files), indent=1) + "\n")
    expected = {photo: answer(photo) for photo in ["chelsea", "coffee"]}
    (HERE / "proposer.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
