"""Where persons are: boxes that a detector finds or COCO gives, their cuts, and cells of the map."""

import json
import random

import numpy as np
from PIL import Image

import photos

SURE, OVERLAP = 0.5, 0.5
INPUT, PAD = 416, 114
CUT_CALTECH, CUT_COCO = 48, 32
INSIDE, OUTSIDE, SHRINK = 30, 15, 0.1


class Detector:
    """YOLOX-nano; gives the boxes (left, top, width, height, confidence) whose likeliest class is person."""

    def __init__(self, model, threads):
        self.session = photos.session(str(model), threads)
        grid, stride = [], []
        for step in (8, 16, 32):
            cells = INPUT // step
            rows, columns = np.mgrid[:cells, :cells]
            grid.append(np.stack([columns.ravel(), rows.ravel()], axis=1))
            stride.append(np.full((cells * cells, 1), step))
        self.grid, self.stride = np.concatenate(grid), np.concatenate(stride)

    def boxes(self, image):
        scale = min(INPUT / image.width, INPUT / image.height)
        small = image.resize((int(image.width * scale), int(image.height * scale)), Image.BILINEAR)
        canvas = np.full((INPUT, INPUT, 3), PAD, np.float32)
        canvas[: small.height, : small.width] = np.asarray(small, np.float32)[:, :, ::-1]
        out = self.session.run(None, {"images": canvas.transpose(2, 0, 1)[None]})[0][0]
        confidence = out[:, 4:5] * out[:, 5:]
        best = confidence.max(axis=1)
        keep = (confidence.argmax(axis=1) == 0) & (best >= 0.05)
        middle = (out[:, :2] + self.grid) * self.stride
        size = np.exp(out[:, 2:4]) * self.stride
        found = np.concatenate([(middle - size / 2) / scale, size / scale, best[:, None]], axis=1)[keep]
        return suppress(found[np.argsort(-found[:, 4])])


def suppress(boxes):
    kept = []
    for box in boxes:
        if all(overlap(box, other) < OVERLAP for other in kept):
            kept.append([float(x) for x in box])
    return kept


def overlap(a, b):
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(0, width) * max(0, height)
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def detected(detector_path, paths, cache, threads):
    """The boxes on each photograph, cached."""
    if not cache.exists():
        print(f"computing {cache.stem}", flush=True)
        detector = Detector(detector_path, threads)
        cache.write_text(json.dumps([detector.boxes(photos.open_photo(path)) for path in paths]))
    return json.loads(cache.read_text())


def cuts(entries):
    """Of each box in (photo number, path, boxes): one cut with little margin, one wider and flipped."""
    for _, path, boxes in entries:
        image = photos.open_photo(path)
        for box in boxes:
            yield photos.around(image, box, 0.1, False)
            yield photos.around(image, box, 0.4, True)


def large(boxes, side):
    return [box for box in boxes if box[2] >= side and box[3] >= side]


def cells(entries):
    """Cells of the map inside and outside shrunk boxes: (entry number, row, column, is person).

    An entry is (size of the photograph, boxes as (left, top, width, height, label)). The smallest box wins; cells
    whose box is no person are dropped.
    """
    rng = random.Random(3)
    side = photos.MAP // photos.CELL
    out = []
    for number, ((width, height), boxes) in enumerate(entries):
        ordered = sorted(boxes, key=lambda box: box[2] * box[3])
        inside, outside = [], []
        for row in range(side):
            for column in range(side):
                x, y = (column + 0.5) * width / side, (row + 0.5) * height / side
                label = next((box[4] for box in ordered if within(x, y, box)), None)
                (outside if label is None else inside).append((number, row, column, label))
        out += rng.sample(inside, min(INSIDE, len(inside)))
        out += rng.sample(outside, min(OUTSIDE, len(outside)))
    return [(n, row, column, label == "person") for n, row, column, label in out if label in ("person", None)]


def within(x, y, box):
    left, top, width, height = box[:4]
    return abs(x - left - width / 2) <= (0.5 - SHRINK) * width and abs(y - top - height / 2) <= (0.5 - SHRINK) * height
