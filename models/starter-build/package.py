"""Writes the package: labels, card, manifest, in the format of ../SPEC.md."""

import hashlib
import json
import pathlib
import re

import inputs
import photos
import validation

HERE = pathlib.Path(__file__).parent
SHIPPED = HERE.parent / "starter"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def labels(synsets, source):
    """The labels, row by row of the image tower's matrix."""
    known = [(lemmas, f"ImageNet-1k class {key}") for key, lemmas, _ in synsets]
    names = [photos.caltech_label(name) for name in source.caltech_classes]
    names += [photos.grocery_label(name) for name in photos.GROCERIES] + ["person"]
    rows = known + [(name, "learned (see RECIPE.md)") for name in names]
    lines = [json.dumps({"label": label, "source": origin}, ensure_ascii=False) for label, origin in rows]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def card(out, figures, calibration):
    """The card of these graphs.

    What was measured on held-out photographs holds for the graphs that were measured and no others: the shipped
    card is used when both graphs are the shipped ones to the byte, else one with validation figures only.
    """
    same = all(
        (SHIPPED / name).exists() and sha256(SHIPPED / name) == sha256(out / name)
        for name in ("image_encoder.onnx", "text_model.onnx")
    )
    if same:
        return (SHIPPED / "model_card.md").read_text()
    rows = "\n".join(f"| {key} | {value:.3f} |" for key, value in figures.items())
    template = (HERE / "card.md").read_text()
    return template.format(rows=rows, megabytes=(out / "image_encoder.onnx").stat().st_size / 1e6, **calibration)


def manifest(out, calibration):
    """The shipped manifest with this package's files and calibration; its layout is kept."""
    text = (SHIPPED / "manifest.json").read_text()
    lines = []
    for path in sorted(out.iterdir()):
        if path.name != "manifest.json":
            entry = {"sha256": sha256(path), "bytes": path.stat().st_size}
            lines.append(f"    {json.dumps(path.name)}: {json.dumps(entry)}")
    block = '"files": {\n' + ",\n".join(lines) + "\n  }"
    text = re.sub(r'"files": \{.*?\n  \}', lambda _: block, text, flags=re.DOTALL)
    numbers = {
        "logitScale": calibration["softmax"],
        "softmaxScale": calibration["softmax"],
        "sigmoidScale": round(calibration["scale"], 3),
        "sigmoidBias": round(calibration["bias"], 3),
    }
    for key, value in numbers.items():
        text = re.sub(rf'("{key}": )[-0-9.]+', lambda found: found[1] + str(value), text)
    json.loads(text)
    return text


def write(out, tower, text_tower, tokenizer, synsets, source, figures, calibration):
    out.mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        old.unlink()
    (out / "image_encoder.onnx").write_bytes(tower.SerializeToString())
    (out / "text_model.onnx").write_bytes(text_tower.SerializeToString())
    (out / "tokenizer.json").write_bytes(tokenizer)
    (out / "labels.json").write_text(labels(synsets, source))
    (out / "RECIPE.md").write_bytes((SHIPPED / "RECIPE.md").read_bytes())
    (out / "model_card.md").write_text(card(out, figures, calibration))
    (out / "manifest.json").write_text(manifest(out, calibration))
    size = (out / "image_encoder.onnx").stat().st_size
    if size > validation.TOWER_LIMIT:
        inputs.fail(f"the image tower has {size} bytes, over {validation.TOWER_LIMIT}")
