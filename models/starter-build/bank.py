"""The learned labels: one linear layer beside the thousand ImageNet classes, trained through the softmax."""

import dataclasses

import numpy as np

import persons
import photos

TEMPERATURE, SCALE, CONSISTENCY = 2.0, 15.0, 2.0
RATE, EPOCHS, BATCH, DECAY, START = 3e-3, 10, 512, 1e-4, -4.0
PERSON_SHARE = 0.25


@dataclasses.dataclass
class Rows:
    """Training rows: features, targets over the bank (all zero: nothing to name), weights."""

    features: np.ndarray
    targets: np.ndarray
    weights: np.ndarray


def softmax(logits):
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


class Head:
    """Class logits and bank logits to a weighted sum of label vectors."""

    def __init__(self, classes, class_bias, imagenet, bank, weights=None, biases=None, temperature=TEMPERATURE):
        self.classes, self.class_bias, self.imagenet = classes, class_bias, imagenet
        self.bank, self.temperature = bank.astype(np.float32), temperature
        self.weights = np.zeros((classes.shape[0], len(bank)), np.float32) if weights is None else weights
        self.biases = np.full(len(bank), START, np.float32) if biases is None else biases
        self.labels = np.concatenate([imagenet, bank]).astype(np.float32)

    def alone(self, features):
        """The embedding without the bank."""
        return unit(softmax((features @ self.classes + self.class_bias) / self.temperature) @ self.imagenet)

    def embed(self, features):
        logits = np.concatenate(
            [features @ self.classes + self.class_bias, features @ self.weights + self.biases], axis=1
        )
        return unit(softmax(logits / self.temperature) @ self.labels)

    def all_weights(self):
        return np.concatenate([self.classes, self.weights], axis=1), np.concatenate([self.class_bias, self.biases])


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def train(head, rows, seed=0):
    """Adam on the cross-entropy over the bank's labels, minus the agreement with the head without the bank."""
    fixed = rows.features @ head.classes + head.class_bias
    anchor = unit(softmax(fixed / head.temperature) @ head.imagenet)
    known = head.imagenet.shape[0]
    named = rows.targets.sum(axis=1, keepdims=True)
    rng = np.random.default_rng(seed)
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in (head.weights, head.biases)]
    count = len(rows.features)
    steps, step = EPOCHS * -(-count // BATCH), 0
    for _ in range(EPOCHS):
        order = rng.permutation(count)
        for start in range(0, count, BATCH):
            take = order[start : start + BATCH]
            x = rows.features[take]
            logits = np.concatenate([fixed[take], x @ head.weights + head.biases], axis=1)
            p = softmax(logits / head.temperature)
            e = p @ head.labels
            length = np.linalg.norm(e, axis=1, keepdims=True)
            u = e / length
            guess = softmax(SCALE * (u @ head.bank.T))
            gradient = SCALE * ((guess * named[take] - rows.targets[take]) @ head.bank) - CONSISTENCY * anchor[take]
            gradient *= (rows.weights[take] / len(take))[:, None]
            gradient = (gradient - u * (u * gradient).sum(axis=1, keepdims=True)) / length
            gradient = gradient @ head.labels.T
            gradient = p * (gradient - (p * gradient).sum(axis=1, keepdims=True)) / head.temperature
            gradient = gradient[:, known:]
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
            step += 1
            changes = [x.T @ gradient + DECAY * head.weights, gradient.sum(axis=0)]
            for value, change, (first, second) in zip((head.weights, head.biases), changes, moments):
                first += 0.1 * (change - first)
                second += 0.001 * (change * change - second)
                fitted = first / (1 - 0.9**step)
                value -= (rate * fitted / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)).astype(np.float32)
    return head


class Material:
    """Every feature that training and validation need, computed once."""

    def __init__(self, source, backbone, detector, threads):
        self.photos = source
        self.caltech = [backbone.views("caltech", source.caltech, view) for view in range(photos.VIEWS)]
        self.groceries = [backbone.views("groceries", source.groceries, view) for view in range(photos.VIEWS)]
        self.caltech_targets, self.grocery_targets = source.caltech_targets(), source.grocery_targets()
        found = persons.detected(detector, source.caltech, backbone.cache / "persons-caltech.json", threads)
        self.sure = [[box for box in boxes if box[4] >= persons.SURE] for boxes in found]
        self.confidence = np.array([max((box[4] for box in boxes), default=0) for boxes in found])
        entries = [(n, path, persons.large(self.sure[n], persons.CUT_CALTECH)) for n, path in enumerate(source.caltech)]
        self.with_person = [entry for entry in entries if entry[2]]
        self._cuts(backbone)
        self._cells(backbone)
        opened = lambda: (photos.centre(photos.open_photo(source.coco_path(e))) for e in source.coco)
        self.coco = backbone.pooled("coco", opened)

    def _cuts(self, backbone):
        self.cut_caltech = backbone.pooled("cuts-caltech", lambda: persons.cuts(self.with_person))
        self.cut_of = np.array([n for n, _, boxes in self.with_person for _ in boxes for _ in range(2)])
        coco = []
        for number, entry in enumerate(self.photos.coco):
            truth = [o["bbox"] for o in entry["objects"] if o["label"] == "person" and not o["crowd"]]
            coco.append((number, self.photos.coco_path(entry), persons.large(truth, persons.CUT_COCO)))
        self.cut_coco = backbone.pooled("cuts-coco", lambda: persons.cuts(coco))

    def _cells(self, backbone):
        paths = [self.photos.coco_path(entry) for entry in self.photos.coco] + [p for _, p, _ in self.with_person]
        known = [[o for o in entry["objects"] if not o["crowd"]] for entry in self.photos.coco]
        boxes = [[(*o["bbox"], o["label"]) for o in objects] for objects in known]
        boxes += [[(*box[:4], "person") for box in large] for _, _, large in self.with_person]
        maps = backbone.maps("cells", lambda: (photos.open_photo(path) for path in paths))
        sizes = [photos.open_photo(path).size for path in paths]
        chosen = persons.cells(list(zip(sizes, boxes)))
        self.cell_features = np.stack([maps[n, row, column] for n, row, column, _ in chosen])
        self.cell_person = np.array([person for *_, person in chosen])
        photo = [-1] * len(self.photos.coco) + [n for n, _, _ in self.with_person]
        self.cell_of = np.array([photo[n] for n, *_ in chosen])

    def rows(self, columns, caltech, groceries, cut):
        """Rows for the photographs marked, and person cuts of those marked in cut.

        columns says which labels of the bank are there.
        """
        total = len(self.photos.caltech_classes) + len(photos.GROCERIES) + 1
        place = np.full(total, -1)
        place[columns] = np.arange(len(columns))
        person = place[total - 1]
        parts = []

        def add(features, labels, weight):
            targets = np.zeros((len(features), len(columns)), np.float32)
            if labels is not None:
                targets[np.arange(len(features)), place[labels]] = 1
            parts.append(Rows(features, targets, np.full(len(features), weight, np.float32)))

        for view in self.caltech:
            add(view[caltech], self.caltech_targets[caltech], 1)
            shared = np.array([bool(boxes) for boxes in self.sure])[caltech]
            parts[-1].targets[shared] *= 1 - PERSON_SHARE
            parts[-1].targets[shared, person] += PERSON_SHARE
        for view in self.groceries:
            add(view[groceries], self.grocery_targets[groceries] + len(self.photos.caltech_classes), 2)
        shown = cut[self.cut_of]
        add(self.cut_caltech[shown], np.full(shown.sum(), total - 1), 1)
        add(self.cut_coco, np.full(len(self.cut_coco), total - 1), 1.5)
        shown = (self.cell_of < 0) | caltech[self.cell_of]
        for is_person in (True, False):
            take = shown & (self.cell_person == is_person)
            add(self.cell_features[take], np.full(take.sum(), total - 1) if is_person else None, 0.5)
        return Rows(*(np.concatenate([getattr(p, key) for p in parts]) for key in ("features", "targets", "weights")))
