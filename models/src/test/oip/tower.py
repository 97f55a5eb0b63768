"""MLServer runtimes: a package's tower behind onnxruntime, and one that gives back what it gets."""

import json
import os
import pathlib

import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceResponse, MetadataTensor, ResponseOutput

TYPES = {"float32": "FP32", "int64": "INT64"}


def metadata(declared):
    return MetadataTensor(name=declared["name"], datatype=TYPES[declared["type"]], shape=declared["shape"])


class Tower(MLModel):
    async def load(self):
        package = pathlib.Path(os.environ["PACKAGE"])
        tower = json.loads((package / "manifest.json").read_text())[self.name]
        keys = [key for key in ("input", "ids", "attentionMask", "tokenTypes") if tower.get(key)]
        self.inputs = [metadata(tower[key]) for key in keys]
        self.outputs = [metadata(tower["embedding"])]
        self.output = tower["embedding"]["name"]
        self.session = onnxruntime.InferenceSession(package / tower["graph"], providers=["CPUExecutionProvider"])
        return True

    async def predict(self, payload):
        inputs = {each.name: NumpyCodec.decode_input(each) for each in payload.inputs}
        vectors = self.session.run([self.output], inputs)[0]
        return InferenceResponse(
            model_name=self.name, outputs=[NumpyCodec.encode_output(name=self.output, payload=vectors)]
        )


class Echo(MLModel):
    async def load(self):
        self.inputs = [MetadataTensor(name="given", datatype="BYTES", shape=[-1, 1])]
        self.outputs = [MetadataTensor(name="same", datatype="BYTES", shape=[-1, 1])]
        return True

    async def predict(self, payload):
        given = payload.inputs[0]
        output = ResponseOutput(name="same", datatype="BYTES", shape=given.shape, data=given.data)
        return InferenceResponse(model_name=self.name, outputs=[output])
