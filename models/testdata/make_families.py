"""Makes one small package a model family, with random weights, and what it must answer.

Usage: python make_families.py
Needs: numpy, onnx, onnxruntime, tokenizers, Pillow (made with 2.4.6, 1.23.2, 1.32.0, 0.23.3, 13.0.0).
Names, element types, ranks and free dimensions of inputs and outputs are those of the exports that
transformers.js uses: CLIP's towers give `image_embeds` and `text_embeds`, SigLIP's `last_hidden_state`
and `pooler_output`; CLIP's text graph pools at the end token, which is the greatest id (argmax);
SigLIP's pools at the last position, so that padding to 64 counts; MobileCLIP takes 256 pixels,
scaled by bilinear interpolation and not normalised. The graphs are toys: pooled colours and sines
of token ids; `endless` is one whose run must be ended from outside. Each answer is computed by ONNX Runtime, tokenizers and Pillow, which are not ours.
"""

import hashlib
import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).parent
OUT = HERE / "families"
TEXTS = ["a cat", "the cat's photo of a cafe", "words " * 90]
PHOTOS = ["chelsea", "coffee", "noise"]
BITS = 12
OPSET = 17


def graph(nodes, inputs, outputs, weights):
    tensor = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
    made = helper.make_graph(
        nodes,
        "toy",
        [tensor(*i) for i in inputs],
        [tensor(*o) for o in outputs],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def endless(nodes, weights, result):
    """Before it gives the result, counts for minutes when every pixel is bright."""
    value = lambda name, kind: helper.make_tensor_value_info(name, kind, [])
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["again"], ["goOn"]),
            helper.make_node("Add", ["count", "step"], ["counted"]),
        ],
        "count",
        [value("turn", TensorProto.INT64), value("again", TensorProto.BOOL), value("count", TensorProto.FLOAT)],
        [value("goOn", TensorProto.BOOL), value("counted", TensorProto.FLOAT)],
        [numpy_helper.from_array(np.array(1e-30, np.float32), "step")],
    )
    weights |= {"bright": np.array(1.5, np.float32), "turns": np.array(10**9, np.int64), "zero": np.array(0, np.float32), "true": np.array(True)}
    nodes[-1].output[0] = "early"
    nodes += [
        helper.make_node("ReduceMin", ["pixel_values"], ["darkest"], keepdims=0),
        helper.make_node("Greater", ["darkest", "bright"], ["isBright"]),
        helper.make_node("Cast", ["isBright"], ["one"], to=TensorProto.INT64),
        helper.make_node("Mul", ["one", "turns"], ["trips"]),
        helper.make_node("Loop", ["trips", "true", "zero"], ["counts"], body=body),
        helper.make_node("Add", ["early", "counts"], [result]),
    ]


def vision(rng, size, dimension, shape, outputs, slow):
    """Means of the four quarters of each channel, then a random projection."""
    weights = {"projection": rng.normal(size=(BITS, dimension)).astype(np.float32), "offset": rng.normal(size=dimension).astype(np.float32)}
    nodes = [
        helper.make_node("AveragePool", ["pixel_values"], ["quarters"], kernel_shape=[size // 2] * 2, strides=[size // 2] * 2),
        helper.make_node("Flatten", ["quarters"], ["flat"]),
        helper.make_node("MatMul", ["flat", "projection"], ["projected"]),
        helper.make_node("Add", ["projected", "offset"], [outputs[-1][0]]),
    ]
    if len(outputs) > 1:
        weights["one"] = np.array([1], np.int64)
        nodes.append(helper.make_node("Unsqueeze", [outputs[-1][0], "one"], [outputs[0][0]]))
    if slow:
        endless(nodes, weights, outputs[-1][0])
    return graph(nodes, [("pixel_values", TensorProto.FLOAT, shape)], outputs, weights)


def text(rng, dimension, length, mask, outputs, pooled):
    """Sums of sines of all ids up to a position, then a random projection of the pooled one."""
    weights = {
        "waves": rng.uniform(0.1, 3, size=BITS).astype(np.float32),
        "projection": rng.normal(size=(BITS, dimension)).astype(np.float32),
        "last": np.array([2], np.int64),
        "along": np.array(1, np.int64),
    }
    inputs = [("input_ids", TensorProto.INT64, ["batch_size", length])]
    nodes = [
        helper.make_node("Cast", ["input_ids"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["numbers", "last"], ["column"]),
        helper.make_node("Mul", ["column", "waves"], ["angles"]),
        helper.make_node("Sin", ["angles"], ["tokens"]),
    ]
    tokens = "tokens"
    if mask:
        inputs.append(("attention_mask", TensorProto.INT64, ["batch_size", length]))
        nodes += [
            helper.make_node("Cast", ["attention_mask"], ["kept"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["kept", "last"], ["keptColumn"]),
            helper.make_node("Mul", ["tokens", "keptColumn"], ["keptTokens"]),
        ]
        tokens = "keptTokens"
    nodes.append(helper.make_node("CumSum", [tokens, "along"], ["sums"]))
    if pooled == "argmax":
        weights["wide"] = np.ones(BITS, np.int64)
        nodes += [
            helper.make_node("ArgMax", ["input_ids"], ["end"], axis=1, keepdims=1),
            helper.make_node("Unsqueeze", ["end", "last"], ["endColumn"]),
            helper.make_node("Mul", ["endColumn", "wide"], ["endWide"]),
            helper.make_node("GatherElements", ["sums", "endWide"], ["row"], axis=1),
        ]
    else:
        weights |= {"from": np.array([-1], np.int64), "to": np.array([2**31], np.int64), "axis": np.array([1], np.int64)}
        nodes.append(helper.make_node("Slice", ["sums", "from", "to", "axis"], ["row"]))
    weights["flatTo"] = np.array([-1, BITS], np.int64)
    nodes += [
        helper.make_node("Reshape", ["row", "flatTo"], ["flat"]),
        helper.make_node("MatMul", ["flat", "projection"], [outputs[-1][0]]),
    ]
    if len(outputs) > 1:
        nodes.append(helper.make_node("MatMul", ["sums", "projection"], [outputs[0][0]]))
    return graph(nodes, inputs, outputs, weights)


def alphabet():
    visible = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [b for b in range(256) if b not in visible]
    return [chr(b) for b in visible] + [chr(256 + i) for i in range(len(rest))]


def tokenizer():
    merges = ["a t</w>", "c at</w>", "t h", "th e</w>", "' s</w>", "p h", "o t", "ph ot", "phot o</w>", "o f</w>"]
    letters = alphabet()
    words = letters + [letter + "</w>" for letter in letters] + [merge.replace(" ", "") for merge in merges]
    vocabulary = {word: i for i, word in enumerate([*words, "<|startoftext|>", "<|endoftext|>"])}
    split = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    special = lambda word: {
        "id": vocabulary[word], "content": word, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [special("<|startoftext|>"), special("<|endoftext|>")],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": split}, "behavior": "Removed", "invert": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": {
            "type": "RobertaProcessing", "sep": ["<|endoftext|>", vocabulary["<|endoftext|>"]],
            "cls": ["<|startoftext|>", vocabulary["<|startoftext|>"]], "trim_offsets": False, "add_prefix_space": False},
        "decoder": None,
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "</w>",
            "fuse_unk": False, "vocab": vocabulary, "merges": merges},
    }


CLIP = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])
HALF = ([0.5] * 3, [0.5] * 3)
PLAIN = ([0.0] * 3, [1.0] * 3)
FREE = [-1, -1, -1, -1]
FAMILIES = {
    "clip-vit-b32": dict(
        family="clip", size=224, dimension=512, shape=FREE, length=None, maximum=77, mask=False, pad=None, norm=CLIP,
        resize="bicubic-antialias", fit="crop", image="image_embeds", text="text_embeds", scale=100.0, bias=-25.0),
    "clip-vit-b16": dict(
        family="clip", size=224, dimension=512, shape=[-1, 3, 224, 224], length=77, maximum=77, mask=True, pad=523, norm=CLIP,
        resize="bicubic-antialias", fit="crop", image="image_embeds", text="text_embeds", scale=100.0, bias=-25.0),
    "siglip-base": dict(
        family="siglip", size=224, dimension=768, shape=FREE, length=None, maximum=64, mask=False, pad=1, norm=HALF,
        resize="bicubic-antialias", fit="squash", image="pooler_output", text="pooler_output", scale=117.33, bias=-12.93),
    "endless": dict(
        family="clip", size=16, dimension=8, shape=FREE, length=77, maximum=77, mask=False, pad=0, norm=CLIP, slow=True,
        resize="bicubic-antialias", fit="crop", image="image_embeds", text="text_embeds", scale=100.0, bias=-25.0),
    "mobileclip-s0": dict(
        family="mobileclip", size=256, dimension=512, shape=[-1, 3, 256, 256], length=77, maximum=77, mask=False, pad=0, norm=PLAIN,
        resize="bilinear-antialias", fit="crop", image="image_embeds", text="text_embeds", scale=100.0, bias=-25.0),
}


def tensor(value, kind, shape):
    return {"name": value, "type": kind, "shape": shape}


def outputs(name, dimension, free):
    pooled = (name, TensorProto.FLOAT, ["batch_size", dimension])
    hidden = ("last_hidden_state", TensorProto.FLOAT, ["batch_size", free, dimension])
    return [hidden, pooled] if name == "pooler_output" else [pooled]


def manifest(name, f, files):
    length = -1 if f["length"] is None else f["length"]
    ids = lambda of: tensor(of, "int64", [-1, length])
    return {
        "format": 1, "id": f"toy-{name}", "version": "1", "title": f"{name} in miniature, random weights",
        "description": f"{name} in miniature with random weights: its answers mean nothing", "family": f["family"],
        "task": "image-text-similarity", "licence": "Apache-2.0",
        "sources": [{"part": "everything", "origin": "make_families.py", "licence": "Apache-2.0"}],
        "languages": ["en"], "intendedUse": ["tests"], "outOfScope": ["everything else"], "card": "model_card.md",
        "files": files, "dimension": f["dimension"],
        "image": {
            "graph": "vision_model.onnx", "input": tensor("pixel_values", "float32", f["shape"]),
            "embedding": tensor(f["image"], "float32", [-1, f["dimension"]]), "batch": "exact", "patches": None,
            "preprocessing": {
                "size": f["size"], "resize": f["resize"], "fit": f["fit"], "longerSide": "down", "cropOffset": "down", "range": 1,
                "mean": f["norm"][0], "std": f["norm"][1]}},
        "text": {
            "graph": "text_model.onnx", "ids": ids("input_ids"), "attentionMask": ids("attention_mask") if f["mask"] else None,
            "tokenTypes": None, "embedding": tensor(f["text"], "float32", [-1, f["dimension"]]),
            "batch": "single" if f["pad"] is None else "exact",
            "tokenizer": {
                "kind": "clip-bpe", "files": ["tokenizer.json"], "maxTokens": f["maximum"],
                "padding": None if f["pad"] is None else {"id": f["pad"]}}},
        "logitScale": f["scale"], "calibration": {"softmaxScale": f["scale"], "sigmoidScale": f["scale"], "sigmoidBias": f["bias"]},
    }


def pixels(name, f):
    image = Image.open(HERE / "photos" / f"{name}.png").convert("RGB")
    size, short = f["size"], min(image.size)
    kind = Image.BILINEAR if f["resize"].startswith("bilinear") else Image.BICUBIC
    to = (size, size) if f["fit"] == "squash" else tuple(side * size // short for side in image.size)
    image = image.resize(to, kind)
    left, top = ((side - size) // 2 for side in image.size)
    values = np.asarray(image.crop((left, top, left + size, top + size)), np.float64) / 255
    return ((values - f["norm"][0]) / f["norm"][1]).transpose(2, 0, 1)[None].astype(np.float32)


def vectors(session, name, feeds):
    found = np.concatenate([session.run([name], feed)[0] for feed in feeds])
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def answer(folder, f):
    words = Tokenizer.from_file(str(folder / "tokenizer.json"))
    words.encode_special_tokens = True
    words.enable_truncation(f["maximum"])
    if f["pad"] is not None:
        words.enable_padding(pad_id=f["pad"], length=f["maximum"])
    texts = []
    for written in TEXTS:
        encoded = words.encode(written)
        texts.append({"input_ids": np.array([encoded.ids])})
        if f["mask"]:
            texts[-1]["attention_mask"] = np.array([encoded.attention_mask])
    pictures = [{"pixel_values": pixels(photo, f)} for photo in PHOTOS]
    session = lambda file: onnxruntime.InferenceSession(folder / file)
    return vectors(session("vision_model.onnx"), f["image"], pictures) @ vectors(session("text_model.onnx"), f["text"], texts).T


def main():
    expected = {}
    for number, (name, f) in enumerate(FAMILIES.items()):
        rng = np.random.default_rng(number)
        folder = OUT / name
        folder.mkdir(parents=True, exist_ok=True)
        free = [axis if side == -1 else side for axis, side in zip(["batch_size", "num_channels", "height", "width"], f["shape"])]
        length = f["length"] or "sequence_length"
        image = vision(rng, f["size"], f["dimension"], free, outputs(f["image"], f["dimension"], 1), "slow" in f)
        words = text(rng, f["dimension"], length, f["mask"], outputs(f["text"], f["dimension"], length), "last" if f["family"] == "siglip" else "argmax")
        onnx.save(image, folder / "vision_model.onnx")
        onnx.save(words, folder / "text_model.onnx")
        (folder / "tokenizer.json").write_text(json.dumps(tokenizer(), ensure_ascii=False))
        (folder / "model_card.md").write_text("Random weights for tests; see `make_families.py`.\n")
        files = {
            p.name: {"sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "bytes": p.stat().st_size}
            for p in sorted(folder.iterdir()) if p.name != "manifest.json"}
        (folder / "manifest.json").write_text(json.dumps(manifest(name, f, files), indent=1) + "\n")
        expected[name] = answer(folder, f).round(6).tolist()
    (OUT / "expected.json").write_text(json.dumps({"photos": PHOTOS, "texts": TEXTS, "cosines": expected}, indent=1) + "\n")


main()
