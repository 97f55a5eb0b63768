"""Serves the towers of a package with Triton: triton.py PACKAGE HTTP_PORT GRPC_PORT."""

import json
import pathlib
import signal
import sys

import numpy
import onnxruntime
from pytriton.decorators import batch
from pytriton.model_config import ModelConfig, Tensor
from pytriton.triton import Triton, TritonConfig

TYPES = {"float32": numpy.float32, "int64": numpy.int64}


def tensor(declared):
    return Tensor(name=declared["name"], dtype=TYPES[declared["type"]], shape=tuple(declared["shape"][1:]))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    package, http, grpc = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    manifest = json.loads((package / "manifest.json").read_text())
    config = TritonConfig(
        http_address="127.0.0.1", http_port=http, grpc_address="127.0.0.1", grpc_port=grpc, allow_metrics=False
    )
    with Triton(config=config) as triton:
        for name, keys in (("image", ["input"]), ("text", ["ids", "attentionMask", "tokenTypes"])):
            tower = manifest[name]
            session = onnxruntime.InferenceSession(package / tower["graph"], providers=["CPUExecutionProvider"])
            output = tower["embedding"]

            @batch
            def run(session=session, output=output["name"], **inputs):
                return {output: session.run([output], inputs)[0]}

            triton.bind(
                model_name=name,
                infer_func=run,
                inputs=[tensor(tower[key]) for key in keys if tower[key]],
                outputs=[tensor(output)],
                config=ModelConfig(max_batch_size=8),
            )

        @batch
        def echo(given):
            return {"same": given}

        triton.bind(
            model_name="echo",
            infer_func=echo,
            inputs=[Tensor(name="given", dtype=bytes, shape=(1,))],
            outputs=[Tensor(name="same", dtype=bytes, shape=(1,))],
            config=ModelConfig(max_batch_size=8),
        )
        triton.serve()


if __name__ == "__main__":
    main()
