"""The validation split, its tasks, the gates, and the calibration fitted on it."""

import random

import numpy as np

import photos

GATES = {"seen": 0.88, "left-out": 0.55, "groceries": 0.67, "captions R@1": 0.58, "person AUC": 0.65}
CLEAN = "person AUC without person cuts of held photographs"
TOWER_LIMIT = 12_000_000
LEFT_OUT_SHARE = 0.17  # of never-seen classes where the recipe measured


class Split:
    """Sixteen classes never shown, a quarter of the other photographs, groceries/val."""

    def __init__(self, source):
        names = source.caltech_classes
        chosen = set(random.Random(7).sample(names, 16))
        rng = random.Random(8)
        draws = np.array([rng.random() < 0.25 for _ in source.caltech])
        self.classes = np.array([name in chosen for name in names])
        self.left_out = self.classes[source.caltech_targets()]
        self.seen = draws & ~self.left_out
        self.train = ~draws & ~self.left_out
        self.groceries = source.grocery_held()
        groceries = len(names) + np.arange(len(photos.GROCERIES) + 1)
        self.columns = np.concatenate([np.flatnonzero(~self.classes), groceries])


class Tasks:
    """Texts and truths of the split; outcomes are kept per photograph so that variants can be paired."""

    def __init__(self, material, split, embed):
        source = material.photos
        names = [photos.caltech_label(name) for name in source.caltech_classes + photos.OTHER_CALTECH]
        prompt = lambda labels: np.stack([embed("a photo of a " + label) for label in labels])
        self.caltech_texts = prompt(names)
        self.grocery_texts = prompt([photos.grocery_label(name) for name in photos.GROCERIES])
        self.captions = np.stack([embed(text) for entry in source.coco for text in entry["captions"]])
        self.caption_of = np.array([n for n, entry in enumerate(source.coco) for _ in entry["captions"]])
        self.person_text = embed("a photo of a person")
        self.material, self.split = material, split

    def vectors(self, head):
        m, s = self.material, self.split
        return {
            "seen": head.embed(m.caltech[0][s.seen]),
            "left-out": head.embed(m.caltech[0][s.left_out]),
            "groceries": head.embed(m.groceries[0][s.groceries]),
            "coco": head.embed(m.coco),
        }

    def outcomes(self, vectors):
        """Per photograph or caption, right or wrong; and the person scores with their truth."""
        m, s = self.material, self.split
        hit = lambda found, texts, truth: (found @ texts.T).argmax(axis=1) == truth
        held = np.concatenate([vectors["seen"], vectors["left-out"]])
        truth = np.concatenate([m.confidence[s.seen], m.confidence[s.left_out]]) >= 0.5
        return {
            "seen": hit(vectors["seen"], self.caltech_texts, m.caltech_targets[s.seen]),
            "left-out": hit(vectors["left-out"], self.caltech_texts, m.caltech_targets[s.left_out]),
            "groceries": hit(vectors["groceries"], self.grocery_texts, m.grocery_targets[s.groceries]),
            "captions R@1": hit(self.captions, vectors["coco"], self.caption_of),
            "person": (held @ self.person_text, truth),
        }


def figures(outcomes):
    out = {key: float(np.mean(outcomes[key])) for key in GATES if key in outcomes}
    out["person AUC"] = auc(*outcomes["person"])
    return out


def auc(scores, truth):
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    positive = int(truth.sum())
    return float((ranks[truth].sum() - positive * (positive + 1) / 2) / (positive * (len(truth) - positive)))


def softmax_scale(tasks, vectors):
    """The scale of least negative log-likelihood, left-out classes weighed to their share."""
    m, s = tasks.material, tasks.split
    best = []
    for scale in np.arange(4, 60.5, 0.5):
        loss = 0
        for key, share, mask in (("seen", 1 - LEFT_OUT_SHARE, s.seen), ("left-out", LEFT_OUT_SHARE, s.left_out)):
            logits = scale * (vectors[key] @ tasks.caltech_texts.T)
            peak = logits.max(axis=1)
            total = peak + np.log(np.exp(logits - peak[:, None]).sum(axis=1))
            loss += share * np.mean(total - logits[np.arange(len(logits)), m.caltech_targets[mask]])
        best.append((loss, scale))
    return float(min(best)[1])


def yes_or_no(tasks, vectors):
    """Logistic regression on all cosines of a photograph and a label, both answers weighing the same."""
    m, s = tasks.material, tasks.split
    groups = (
        ("seen", tasks.caltech_texts, m.caltech_targets[s.seen]),
        ("left-out", tasks.caltech_texts, m.caltech_targets[s.left_out]),
        ("groceries", tasks.grocery_texts, m.grocery_targets[s.groceries]),
    )
    cosines, answers = [], []
    for key, texts, truth in groups:
        cosines.append((vectors[key] @ texts.T).ravel())
        answers.append((np.arange(len(texts)) == truth[:, None]).ravel())
    x, y = np.concatenate(cosines).astype(np.float64), np.concatenate(answers)
    weight = np.where(y, 0.5 / y.sum(), 0.5 / (~y).sum())
    design = np.stack([x, np.ones_like(x)], axis=1)
    fit = np.zeros(2)
    for _ in range(50):  # Newton
        p = 1 / (1 + np.exp(-design @ fit))
        slope = design.T @ (weight * (p - y))
        curve = (design * (weight * p * (1 - p))[:, None]).T @ design
        fit -= np.linalg.solve(curve, slope)
    yes = design @ fit > 0
    return {"scale": float(fit[0]), "bias": float(fit[1]), "tpr": float(yes[y].mean()), "fpr": float(yes[~y].mean())}


def bootstrap(one, other, draws=10_000):
    """Mean difference of paired outcomes with its 95 % interval."""
    difference = other.astype(float) - one.astype(float)
    rng = np.random.default_rng(0)
    means = [difference[rng.integers(0, len(difference), len(difference))].mean() for _ in range(draws)]
    return float(difference.mean()), *(float(x) for x in np.percentile(means, [2.5, 97.5]))
