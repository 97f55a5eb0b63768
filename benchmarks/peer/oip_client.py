"""Times tritonclient, the servers' own client: oip_client.py REST_BINARY GRPC REST_JSON GRPC, as HOST:PORT each.

Reads lines of `PLACE COUNT` (places count from 0) and answers each with as many times in nanoseconds. A call is what a
program does that has its array: make the input, ask, read the answer as an array.
"""

import sys
import time

import numpy
import tritonclient.grpc
import tritonclient.http

PIXELS = numpy.random.default_rng(1).standard_normal((1, 3, 224, 224), dtype=numpy.float32)


class Place:
    def __init__(self, module, address, binary):
        self.module, self.binary = module, binary
        self.client = module.InferenceServerClient(address)
        metadata = self.client.get_model_metadata("image")
        if not isinstance(metadata, dict):
            metadata = {key: [{"name": tensor.name} for tensor in getattr(metadata, key)] for key in ("inputs", "outputs")}
        self.input, self.output = metadata["inputs"][0]["name"], metadata["outputs"][0]["name"]

    def call(self):
        given = self.module.InferInput(self.input, PIXELS.shape, "FP32")
        if self.module is tritonclient.http:
            given.set_data_from_numpy(PIXELS, binary_data=self.binary)
            wanted = self.module.InferRequestedOutput(self.output, binary_data=self.binary)
        else:
            given.set_data_from_numpy(PIXELS)
            wanted = self.module.InferRequestedOutput(self.output)
        vector = self.client.infer("image", [given], outputs=[wanted]).as_numpy(self.output)
        assert vector.shape[0] == 1


def main():
    rest_binary, grpc, rest_json, other = sys.argv[1:]
    places = [
        Place(tritonclient.http, rest_binary, True),
        Place(tritonclient.grpc, grpc, True),
        Place(tritonclient.http, rest_json, False),
        Place(tritonclient.grpc, other, True),
    ]
    print("ready", flush=True)
    for line in sys.stdin:
        place, count = map(int, line.split())
        times = []
        for _ in range(count):
            begun = time.perf_counter_ns()
            places[place].call()
            times.append(time.perf_counter_ns() - begun)
        print(*times, flush=True)


if __name__ == "__main__":
    main()
