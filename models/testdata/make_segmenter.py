"""Makes families/sam: a segmenter of the SAM family in miniature, and what it must answer.

    python -m venv target/venv && target/venv/bin/pip install onnx==1.23.2 onnxruntime==1.32.0 numpy pillow
    target/venv/bin/python models/testdata/make_segmenter.py

The graphs have exactly the inputs, outputs and shapes of segment-anything's exported decoder and of an encoder beside it, and random weights. A mask
leans on the picture, on the points (hills where they are on, hollows where they are off) and on the rough mask. The answers are computed by ONNX
Runtime and Pillow, which are not ours.
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
OUT = HERE / "families" / "sam"
SIDE, MASK, CELLS, WIDTH, MASKS = 1024, 256, 64, 256, 4
MEAN, STD = [123.675, 116.28, 103.53], [58.395, 57.12, 57.375]
node = helper.make_node


def save(name, nodes, inputs, outputs, weights):
    value = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    made = helper.make_graph(
        nodes, "toy", [value(*i) for i in inputs], [value(*o) for o in outputs],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()])
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, OUT / name)


def encoder(rng):
    save(
        "image_encoder.onnx",
        [
            node("AveragePool", ["input_image"], ["cells"], kernel_shape=[16, 16], strides=[16, 16]),
            node("Conv", ["cells", "projection"], ["image_embeddings"]),
        ],
        [("input_image", [1, 3, SIDE, SIDE])],
        [("image_embeddings", [1, WIDTH, CELLS, CELLS])],
        {"projection": rng.normal(size=(WIDTH, 3, 1, 1)).astype(np.float32)},
    )


def decoder(rng):
    grid = np.arange(MASK, dtype=np.float32) + 0.5
    linear = {"mode": "linear", "coordinate_transformation_mode": "half_pixel"}
    nodes = [
        # What the picture says.
        node("Conv", ["image_embeddings", "heads"], ["coarse"]),
        node("Resize", ["coarse", "", "", "low_shape"], ["picture"], **linear),
        # What the rough mask says.
        node("Mul", ["mask_input", "has_mask_input"], ["given"]),
        node("Mul", ["given", "trust"], ["rough"]),
        # Hills and hollows of the points; corners of boxes and padding have other labels.
        node("Mul", ["point_coords", "quarter"], ["places"]),
        node("Split", ["places"], ["across3", "down3"], axis=2),
        node("Unsqueeze", ["across3", "axis3"], ["across"]),
        node("Unsqueeze", ["down3", "axis3"], ["down"]),
        node("Sub", ["columns", "across"], ["dx"]),
        node("Sub", ["rows", "down"], ["dy"]),
        node("Mul", ["dx", "dx"], ["dx2"]),
        node("Mul", ["dy", "dy"], ["dy2"]),
        node("Add", ["dx2", "dy2"], ["square"]),
        node("Mul", ["square", "narrow"], ["far"]),
        node("Exp", ["far"], ["near"]),
        node("Equal", ["point_labels", "one"], ["isOn"]),
        node("Equal", ["point_labels", "zero"], ["isOff"]),
        node("Cast", ["isOn"], ["on"], to=TensorProto.FLOAT),
        node("Cast", ["isOff"], ["off"], to=TensorProto.FLOAT),
        node("Sub", ["on", "off"], ["sign"]),
        node("Unsqueeze", ["sign", "axes23"], ["signs"]),
        node("Mul", ["near", "signs"], ["hills"]),
        node("ReduceSum", ["hills", "axis1"], ["points"], keepdims=1),
        node("Mul", ["points", "height"], ["land"]),
        node("Add", ["picture", "rough"], ["both"]),
        node("Add", ["both", "land"], ["low_res_masks"]),
        # At the frame's scale, without the padding, at the size that was asked for.
        node("Resize", ["low_res_masks", "", "", "frame_shape"], ["framed"], **linear),
        node("ReduceMax", ["orig_im_size"], ["longer"], keepdims=0),
        node("Div", ["side", "longer"], ["scale"]),
        node("Mul", ["orig_im_size", "scale"], ["exact"]),
        node("Add", ["exact", "half"], ["more"]),
        node("Floor", ["more"], ["used"]),
        node("Cast", ["used"], ["ends"], to=TensorProto.INT64),
        node("Slice", ["framed", "starts", "ends", "axes23"], ["cut"]),
        node("Cast", ["orig_im_size"], ["size"], to=TensorProto.INT64),
        node("Concat", ["masks_shape", "size"], ["asked"], axis=0),
        node("Resize", ["cut", "", "", "asked"], ["masks"], **linear),
        node("ReduceMean", ["low_res_masks"], ["means"], axes=[2, 3], keepdims=0),
        node("Add", ["means", "bias"], ["qualities"]),
        node("Sigmoid", ["qualities"], ["iou_predictions"]),
    ]
    save(
        "mask_decoder.onnx",
        nodes,
        [
            ("image_embeddings", [1, WIDTH, CELLS, CELLS]), ("point_coords", [1, "num_points", 2]), ("point_labels", [1, "num_points"]),
            ("mask_input", [1, 1, MASK, MASK]), ("has_mask_input", [1]), ("orig_im_size", [2]),
        ],
        [("masks", [1, MASKS, "height", "width"]), ("iou_predictions", [1, MASKS]), ("low_res_masks", [1, MASKS, MASK, MASK])],
        {
            "heads": (rng.normal(size=(MASKS, WIDTH, 1, 1)) * 0.02).astype(np.float32),
            "trust": rng.uniform(0.5, 1, size=(1, MASKS, 1, 1)).astype(np.float32),
            "height": rng.uniform(4, 8, size=(1, MASKS, 1, 1)).astype(np.float32),
            "bias": rng.normal(size=(1, MASKS)).astype(np.float32),
            "rows": grid.reshape(1, 1, MASK, 1), "columns": grid.reshape(1, 1, 1, MASK), "narrow": np.float32(-1 / (2 * 30**2)),
            "quarter": np.float32(0.25), "one": np.float32(1), "zero": np.float32(0), "half": np.float32(0.5), "side": np.float32(SIDE),
            "axis1": np.array([1]), "axis3": np.array([3]), "axes23": np.array([2, 3]), "starts": np.array([0, 0]),
            "low_shape": np.array([1, MASKS, MASK, MASK]), "frame_shape": np.array([1, MASKS, SIDE, SIDE]), "masks_shape": np.array([1, MASKS]),
        },
    )


def tensor(name, shape):
    return {"name": name, "type": "float32", "shape": shape}


def manifest(files):
    return {
        "format": 1, "id": "toy-sam", "version": "1", "title": "A segmenter in miniature, random weights",
        "description": "A segmenter of the SAM family in miniature with random weights: its masks mean nothing", "family": "sam",
        "task": "promptable-segmentation", "licence": "Apache-2.0",
        "sources": [{"part": "everything", "origin": "make_segmenter.py", "licence": "Apache-2.0"}],
        "languages": ["zxx"], "intendedUse": ["tests"], "outOfScope": ["everything else"], "card": "model_card.md", "files": files,
        "segmenter": {
            "encoder": {
                "graph": "image_encoder.onnx", "input": tensor("input_image", [1, 3, SIDE, SIDE]),
                "embedding": tensor("image_embeddings", [1, WIDTH, CELLS, CELLS]), "resize": "bilinear-antialias", "range": 255, "mean": MEAN, "std": STD},
            "decoder": {
                "graph": "mask_decoder.onnx", "masks": tensor("masks", [1, MASKS, -1, -1]), "scores": tensor("iou_predictions", [1, MASKS])}},
    }


PROMPTS = {
    "one point": {"points": [[60, 40, 1]], "box": None, "mask": False},
    "points and a box": {"points": [[60, 40, 1], [5, 5, 0]], "box": [30, 20, 60, 50], "mask": False},
    "a rough mask too": {"points": [[60, 40, 1]], "box": [30, 20, 60, 50], "mask": True},
}


def rough():
    """A bright square in the middle of nothing."""
    mask = np.full((MASK, MASK), -6, np.float32)
    mask[60:140, 90:200] = 6
    return mask


def answer(photo):
    image = Image.open(HERE / "photos" / f"{photo}.png").convert("RGB")
    scale = SIDE / max(image.size)
    width, height = (int(side * scale + 0.5) for side in image.size)
    pixels = (np.asarray(image.resize((width, height), Image.BILINEAR), np.float64) - MEAN) / STD
    framed = np.zeros((1, 3, SIDE, SIDE), np.float32)
    framed[0, :, :height, :width] = pixels.transpose(2, 0, 1)
    session = lambda file: onnxruntime.InferenceSession(OUT / file)
    embedding = session("image_encoder.onnx").run(None, {"input_image": framed})[0]
    at = lambda x, y: [x * width / image.size[0], y * height / image.size[1]]
    answers = {}
    for name, prompt in PROMPTS.items():
        points = [at(x, y) for x, y, _ in prompt["points"]]
        labels = [label for _, _, label in prompt["points"]]
        if prompt["box"]:
            x, y, w, h = prompt["box"]
            points += [at(x, y), at(x + w, y + h)]
            labels += [2, 3]
        else:
            points.append([0, 0])
            labels.append(-1)
        masks, scores, _ = session("mask_decoder.onnx").run(None, {
            "image_embeddings": embedding, "point_coords": np.array([points], np.float32), "point_labels": np.array([labels], np.float32),
            "mask_input": (rough() if prompt["mask"] else np.zeros((MASK, MASK), np.float32))[None, None],
            "has_mask_input": np.array([prompt["mask"]], np.float32), "orig_im_size": np.array([height, width], np.float32)})
        best = 0 if len(points) > 2 else 1 + int(scores[0, 1:].argmax())
        mask = masks[0, best]
        answers[name] = {
            "width": width, "height": height, "score": float(scores[0, best]), "on": int((mask > 0).sum()),
            "logits": mask[7::97, 5::101].round(4).tolist()}
    return answers


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(7)
    encoder(rng)
    decoder(rng)
    (OUT / "model_card.md").write_text("Random weights for tests; see `make_segmenter.py`.\n")
    files = {
        p.name: {"sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "bytes": p.stat().st_size}
        for p in sorted(OUT.iterdir()) if p.name != "manifest.json"}
    (OUT / "manifest.json").write_text(json.dumps(manifest(files), indent=1) + "\n")
    expected = {"prompts": PROMPTS, "answers": {photo: answer(photo) for photo in ["chelsea", "coffee"]}}
    (HERE / "segmenter.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
