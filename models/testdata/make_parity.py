"""Makes `parity.json`: what the starter's graphs say of the photographs here, without Cordon.

Usage: python make_parity.py [PACKAGE [RESULT]]
Needs: onnxruntime 1.29.0, Pillow, tokenizers, numpy (made with 13.0.0, 0.23.3, 2.4.6). Pictures are
prepared with Pillow, texts with tokenizers, one at a time, as ../starter/manifest.json says.
The version of onnxruntime is the one Cordon runs: the text graph is int8, and 1.32.0 rounds some
texts to vectors whose cosine to these is as low as .9993. With the same version there is none.
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime
from PIL import Image
from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).parent
STARTER = HERE.parent / "starter"

TEXTS = """a photo of a cat
a photo of a tabby cat lying down
a photo of a dog
a photo of a cup of coffee
a photo of an espresso on a wooden table
a photo of a rocket
a rocket launch at night
a photo of a person
a photo of a banana
a photo of a motorbike
something else
A CAFÉ, naïve & “quoted”
猫の写真 🐈
x
""".split("\n")
TEXTS += ["a photo of a very " * 60 + "long text"]

REGIONS = {"chelsea": [(60, 20, 150, 150), (0, 0, 40, 199)], "coffee": [(80, 40, 161, 120)]}


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


class Reference:
    def __init__(self, starter):
        manifest = json.loads((starter / "manifest.json").read_text())
        self.rules = manifest["image"]["preprocessing"]
        self.heat = manifest["image"]["patches"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.images = onnxruntime.InferenceSession(starter / "image_encoder.onnx", options)
        self.texts = onnxruntime.InferenceSession(starter / "text_model.onnx", options)
        self.tokenizer = Tokenizer.from_file(str(starter / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(128)
        self.tokenizer.encode_special_tokens = True

    def tensor(self, image):
        pixels = (np.asarray(image, np.float32) - 127) / 128
        return {"pixel_values": pixels.transpose(2, 0, 1)[None]}

    def image(self, image):
        size = self.rules["size"]
        short = min(image.size)
        width, height = (round(side * size / short) for side in image.size)
        image = image.resize((width, height), Image.BICUBIC)
        left, top = (width - size) // 2, (height - size) // 2
        image = image.crop((left, top, left + size, top + size))
        return unit(self.images.run(["image_embeds"], self.tensor(image))[0][0])

    def patches(self, image):
        image = image.resize((self.heat["size"],) * 2, Image.BICUBIC)
        return unit(self.images.run(["patch_embeds"], self.tensor(image))[0][0])

    def text(self, text):
        ids = np.array([self.tokenizer.encode(text).ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        return unit(self.texts.run(["text_embeds"], feed)[0][0])


def numbers(vector):
    return [round(float(x), 5) for x in vector]


def main(starter=STARTER, result=HERE / "parity.json"):
    reference = Reference(pathlib.Path(starter))
    texts = [(text, reference.text(text)) for text in TEXTS]
    images, maps = [], []
    for name in ("chelsea", "coffee", "rocket", "noise"):
        picture = Image.open(HERE / "photos" / f"{name}.png").convert("RGB")
        images.append({"photo": name, "region": None, "vector": numbers(reference.image(picture))})
        for x, y, width, height in REGIONS.get(name, []):
            cut = picture.crop((x, y, x + width, y + height))
            region = [x, y, width, height]
            images.append({"photo": name, "region": region, "vector": numbers(reference.image(cut))})
        if name != "noise":
            cosines = reference.patches(picture) @ texts[0][1]
            maps.append({"photo": name, "text": texts[0][0], "cosines": numbers(cosines)})
    out = {
        "images": images,
        "texts": [{"text": text, "vector": numbers(vector)} for text, vector in texts],
        "maps": maps,
    }
    lines = []
    for kind, items in out.items():
        body = ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)
        lines.append(f'"{kind}": [\n{body}\n]')
    pathlib.Path(result).write_text("{\n" + ",\n".join(lines) + "\n}\n")


main(*sys.argv[1:])
