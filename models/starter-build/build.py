"""Builds the starter encoder from packages and photographs, checks it and writes it as a package.

Usage: python build.py PHOTOS YOLOX OUT [--work DIR] [--threads N]

PHOTOS holds caltech101/, groceries/ and coco/index.json (README.md says how they lie), YOLOX is yolox_nano.onnx,
OUT/starter becomes the package and OUT/parity.json the expected results for ../testdata. Fails when a gate fails.
"""

import argparse
import pathlib
import subprocess
import sys
import venv

import numpy as np
import onnx

import backbone
import bank
import inputs
import package
import photos
import texts
import validation

HERE = pathlib.Path(__file__).parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", type=pathlib.Path)
    parser.add_argument("yolox", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("starter-work"), help="downloads and features")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def bank_rows(space, reader, source):
    names = [photos.caltech_label(name) for name in source.caltech_classes]
    names += [photos.grocery_label(name) for name in photos.GROCERIES]
    rows = [space.embed(reader.raw(texts.PROMPT + name)) for name in names]
    rows.append(texts.unit(np.mean([space.embed(reader.raw(text)) for text in texts.PERSONS], axis=0)))
    return np.stack(rows)


def report(figures, tower_bytes):
    rows = [(key, figures[key], limit, figures[key] >= limit) for key, limit in validation.GATES.items()]
    print(f"\n{'validation':<14}{'reached':>9}{'gate':>8}")
    for key, value, limit, passed in rows:
        print(f"{key:<14}{value:>9.3f}{limit:>8.2f}  {'ok' if passed else 'FAILS'}")
    print(f"{validation.CLEAN}: {figures[validation.CLEAN]:.3f} (no gate)")
    small = tower_bytes <= validation.TOWER_LIMIT
    print(f"{'image tower':<14}{tower_bytes / 1e6:>6.1f} MB{validation.TOWER_LIMIT / 1e6:>5.0f} MB  {'ok' if small else 'FAILS'}")
    if not small or not all(passed for *_, passed in rows):
        inputs.fail("a gate fails; no package is written")


def parity(work, out):
    """Expected results of the package, with the version of onnxruntime that Cordon runs."""
    python = work / "host" / "bin" / "python"
    if not python.exists():
        venv.create(work / "host", with_pip=True)
        needed = str(HERE / "requirements-parity.txt")
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", needed], check=True)
    script = HERE.parent / "testdata" / "make_parity.py"
    subprocess.run([python, script, out / "starter", out / "parity.json"], check=True)


def main():
    args = arguments()
    fetched = inputs.Inputs(args.work / "packages")
    source = photos.Photos(args.photos)
    tensors, synsets = fetched.checkpoint(), fetched.synsets()
    reader = texts.Reader(fetched.text_graph(), fetched.tokenizer(), args.threads)
    space = texts.Space(reader, synsets)
    graph = backbone.features(tensors).SerializeToString()
    runner = photos.Backbone(graph, args.work / "features", args.threads)
    material = bank.Material(source, runner, args.yolox, args.threads)
    rows = bank_rows(space, reader, source)
    classes, class_bias = np.ascontiguousarray(tensors["_fc.weight"].T), tensors["_fc.bias"]
    head = lambda columns: bank.Head(classes, class_bias, space.imagenet, rows[columns])

    split = validation.Split(source)
    tasks = validation.Tasks(material, split, lambda text: space.embed(reader.raw(text)))
    every = np.arange(len(rows))
    everything = [np.full(len(m), True) for m in (source.caltech, source.groceries)]

    def fit(cut):
        kept = material.rows(split.columns, split.train, ~split.groceries, cut)
        vectors = tasks.vectors(bank.train(head(split.columns), kept))
        return vectors, validation.figures(tasks.outcomes(vectors))

    vectors, figures = fit(split.train)
    # the recipe's figure leaves person cuts of the held photographs in training; the clean one is told beside it
    figures[validation.CLEAN] = figures["person AUC"]
    figures["person AUC"] = fit(everything[0])[1]["person AUC"]
    calibration = {"softmax": validation.softmax_scale(tasks, vectors), **validation.yes_or_no(tasks, vectors)}

    final = bank.train(head(every), material.rows(every, *everything, everything[0]))
    float_tower = backbone.image_tower(tensors, *final.all_weights(), final.labels, bank.TEMPERATURE)
    tower = backbone.store_as_int8(float_tower)
    onnx.checker.check_model(tower)
    report(figures, tower.ByteSize())
    print("calibration", {key: round(value, 3) for key, value in calibration.items()})

    text_tower = texts.text_tower(fetched.text_graph(), space)
    out = args.out / "starter"
    package.write(out, tower, text_tower, fetched.tokenizer(), synsets, source, figures, calibration)
    parity(args.work, args.out)
    for path in sorted(out.iterdir()):
        shipped = package.SHIPPED / path.name
        same = shipped.exists() and package.sha256(shipped) == package.sha256(path)
        print(f"{path.name:<20}{path.stat().st_size:>10}  {'as shipped' if same else package.sha256(path)}")


if __name__ == "__main__":
    sys.exit(main())
