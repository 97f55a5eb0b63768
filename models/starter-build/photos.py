"""The photographs: which there are, how they are prepared, and what the backbone makes of them."""

import json
import math
import pathlib
import random

import numpy as np
import onnxruntime
from PIL import Image

SIZE, MAP, CELL = 260, 448, 32
VIEWS = 4

CALTECH_NAMES = {
    "Motorbikes": "motorbike",
    "airplanes": "airplane",
    "bass": "bass fish",
    "car_side": "car",
    "cougar_body": "cougar",
    "garfield": "garfield cartoon cat",
    "water_lilly": "water lily",
    "yin_yang": "yin yang symbol",
    "brain": "human brain",
}
# in the order of GroceryStoreDataset's list of coarse classes
GROCERIES = """Apple Avocado Banana Kiwi Lemon Lime Mango Melon Nectarine Orange Papaya Passion-Fruit Peach Pear
Pineapple Plum Pomegranate Red-Grapefruit Satsumas Juice Milk Oatghurt Oat-Milk Sour-Cream Sour-Milk Soyghurt
Soy-Milk Yoghurt Asparagus Aubergine Cabbage Carrots Cucumber Garlic Ginger Leek Mushroom Onion Pepper Potato
Red-Beet Tomato Zucchini""".split()
# the other names of Caltech-101; no photograph of these is needed, they only make the task harder
OTHER_CALTECH = """Faces Faces_easy Leopards anchor ant barrel brontosaurus buddha butterfly cannon
dragonfly headphone hedgehog lotus menorah minaret saxophone sea_horse snoopy starfish strawberry trilobite""".split()


def caltech_label(name):
    return CALTECH_NAMES.get(name, name.replace("_", " ").replace("-", " "))


def grocery_label(name):
    return name.replace("-", " ").lower()


def open_photo(path):
    with Image.open(path) as image:
        return image.convert("RGB")


class Photos:
    """The folder given: caltech101/CLASS/*.jpg, groceries/[val/]KIND/CLASS[/VARIETY]/*.jpg, coco/index.json."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        caltech = sorted((self.folder / "caltech101").glob("*/*.jpg"), key=str)
        self.caltech = [path for path in caltech if not path.parent.name.startswith("Faces")]
        self.caltech_classes = sorted({path.parent.name for path in self.caltech})
        self.groceries = sorted((self.folder / "groceries").rglob("*.jpg"), key=str)
        self.coco = json.loads((self.folder / "coco" / "index.json").read_text())

    def caltech_targets(self):
        return np.array([self.caltech_classes.index(path.parent.name) for path in self.caltech])

    def grocery_targets(self):
        return np.array([GROCERIES.index(self.grocery_class(path)) for path in self.groceries])

    def grocery_class(self, path):
        parts = path.relative_to(self.folder / "groceries").parts
        name = parts[2] if parts[0] == "val" else parts[1]
        return "Mushroom" if name == "Brown-Cap-Mushroom" else name

    def grocery_held(self):
        return np.array([path.relative_to(self.folder / "groceries").parts[0] == "val" for path in self.groceries])

    def coco_path(self, entry):
        return self.folder / "coco" / entry["file"]


def tensor(image):
    return ((np.asarray(image, np.float32) - 127) / 128).transpose(2, 0, 1)


def centre(image, size=SIZE):
    width, height = image.size
    scale = size / min(width, height)
    width, height = max(size, int(round(width * scale))), max(size, int(round(height * scale)))
    image = image.resize((width, height), Image.BICUBIC)
    left, top = (width - size) // 2, (height - size) // 2
    return image.crop((left, top, left + size, top + size))


def squashed(image):
    return image.resize((MAP, MAP), Image.BICUBIC)


def random_crop(image, rng):
    width, height = image.size
    area = width * height * rng.uniform(0.35, 1)
    ratio = math.exp(rng.uniform(math.log(0.75), math.log(1.333)))
    wide = min(width, int(round(math.sqrt(area * ratio))))
    high = min(height, int(round(math.sqrt(area / ratio))))
    left, top = rng.randint(0, width - wide), rng.randint(0, height - high)
    cut = image.crop((left, top, left + wide, top + high)).resize((SIZE, SIZE), Image.BICUBIC)
    return cut.transpose(Image.FLIP_LEFT_RIGHT) if rng.random() < 0.5 else cut


def around(image, box, margin, flip):
    """A nearly square cut around a box (left, top, width, height), as large as the photograph allows."""
    left, top, width, height = box[:4]
    side = max(width, height) * (1 + 2 * margin)
    middle, centre_ = left + width / 2, top + height / 2
    corners = (
        max(0, int(middle - side / 2)),
        max(0, int(centre_ - side / 2)),
        min(image.width, int(math.ceil(middle + side / 2))),
        min(image.height, int(math.ceil(centre_ + side / 2))),
    )
    cut = image.crop(corners)
    return centre(cut.transpose(Image.FLIP_LEFT_RIGHT) if flip else cut)


def session(model, threads=2):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # a thread that spins while it waits takes the core from whoever shares the machine
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Backbone:
    """Runs the backbone on prepared pictures; what was computed once lies in the cache folder."""

    def __init__(self, model, cache, threads):
        self.model, self.threads, self.run_session = model, threads, None
        self.cache = pathlib.Path(cache)
        self.cache.mkdir(parents=True, exist_ok=True)

    def run(self, output, picture):
        self.run_session = self.run_session or session(self.model, self.threads)
        return self.run_session.run([output], {"pixel_values": tensor(picture)[None]})[0][0]

    def pooled(self, name, pictures):
        """pictures() yields them; (n, 1280)."""
        return self._cached(name, lambda: np.stack([self.run("pooled", p)[:, 0, 0] for p in pictures()]))

    def maps(self, name, pictures):
        """(n, 14, 14, 1280)."""
        make = lambda: np.stack([self.run("n63_r", squashed(p)).transpose(1, 2, 0) for p in pictures()])
        return self._cached(name, make)

    def views(self, name, paths, view):
        """View 0 is the centre, the others are random crops, each with its own sequence of random numbers."""

        def pictures():
            rng = random.Random(f"0-rrc{view}")
            for path in paths:
                image = open_photo(path)
                yield centre(image) if view == 0 else random_crop(image, rng)

        return self.pooled(f"{name}-view{view}", pictures)

    def _cached(self, name, make):
        path = self.cache / f"{name}.npy"
        if not path.exists():
            print(f"computing {name}", flush=True)
            np.save(path, make())
        return np.load(path)
