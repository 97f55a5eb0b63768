"""Makes the photographs and the Pillow fixtures of the preprocessing tests.

Usage: python make_preprocessing.py FOLDER_OF_SKIMAGE_DATA
Needs: Pillow (made with 13.0.0); the folder is `skimage/data` of the scikit-image wheel, which
holds chelsea.png and coffee.png (CC0) and rocket.jpg (public domain).
Photographs are stored as PNG so that every decoder gives the same pixels. Each fixture
`NAME.SIZE.RULE.png` is Pillow's answer; the test compares levels from 0 to 255.
"""

import pathlib
import random
import sys

from PIL import Image

HERE = pathlib.Path(__file__).parent
PHOTOS = HERE / "photos"
EXPECTED = HERE / "preprocessing"


def photographs(source):
    for name, file, side in (("chelsea", "chelsea.png", 300), ("coffee", "coffee.png", 320), ("rocket", "rocket.jpg", 300)):
        image = Image.open(source / file).convert("RGB")
        image.thumbnail((side, side), Image.LANCZOS)
        image.save(PHOTOS / f"{name}.png", optimize=True)


def synthetic():
    rng = random.Random(1)
    noise = Image.new("RGB", (61, 97))
    noise.putdata([tuple(rng.randrange(256) for _ in range(3)) for _ in range(61 * 97)])
    noise.save(PHOTOS / "noise.png", optimize=True)
    checks = Image.new("RGB", (203, 50))
    checks.putdata([(255 * ((x + y) % 2), 255 * (x % 2), 255 * (y // 3 % 2)) for y in range(50) for x in range(203)])
    checks.save(PHOTOS / "checks.png", optimize=True)
    thin = Image.new("RGB", (3, 120))
    thin.putdata([(2 * y, 255 - 2 * y, 120 * x) for y in range(120) for x in range(3)])
    thin.save(PHOTOS / "thin.png", optimize=True)


def crop(image, size, down, filter=Image.BICUBIC):
    """Shorter side to size; `down` floors the longer side and rounds the crop's offset to even."""
    width, height = image.size
    short = min(width, height)
    longer = (lambda side: side * size // short) if down else (lambda side: round(side * size / short))
    image = image.resize((longer(width), longer(height)), filter)
    offset = (lambda side: round((side - size) / 2)) if down else (lambda side: (side - size) // 2)
    left, top = offset(image.width), offset(image.height)
    return image.crop((left, top, left + size, top + size))


def main():
    PHOTOS.mkdir(exist_ok=True)
    EXPECTED.mkdir(exist_ok=True)
    photographs(pathlib.Path(sys.argv[1]))
    synthetic()
    for path in sorted(PHOTOS.glob("*.png")):
        image = Image.open(path).convert("RGB")
        for size, rule in ((64, "nearest"), (77, "down"), (33, "squash"), (48, "bilinear")):
            if rule == "squash":
                expected = image.resize((size, size), Image.BICUBIC)
            elif rule == "bilinear":
                expected = crop(image, size, True, Image.BILINEAR)
            else:
                expected = crop(image, size, rule == "down")
            expected.save(EXPECTED / f"{path.stem}.{size}.{rule}.png", optimize=True)
    # What the starter asks for, on one photograph; and a region of it.
    chelsea = Image.open(PHOTOS / "chelsea.png").convert("RGB")
    crop(chelsea, 260, False).save(EXPECTED / "chelsea.260.nearest.png", optimize=True)
    region = chelsea.crop((40, 30, 40 + 151, 30 + 90))
    crop(region, 64, False).save(EXPECTED / "chelsea-40-30-151-90.64.nearest.png", optimize=True)


main()
