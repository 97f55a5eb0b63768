"""Writes oip/client.json: what NVIDIA's client (tritonclient 2.73.0, BSD-3-Clause) sends and reads.

pip install 'tritonclient[http]==2.73.0' numpy
"""

import json
import pathlib

import numpy
from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput

OUT = pathlib.Path(__file__).parent / "oip/client.json"
TENSORS = {
    "floats": numpy.array([[0.0, -1.5, 3.4028235e38], [1e-45, 0.1, -0.0]], dtype=numpy.float32),
    "longs": numpy.array([[0, -1], [2**63 - 1, -(2**63)]], dtype=numpy.int64),
    "strings": numpy.array([["", "a cat"], ["Straße", "日本"]], dtype=object),
}
TYPES = {"floats": "FP32", "longs": "INT64", "strings": "BYTES"}


def main():
    cases = []
    for name, values in TENSORS.items():
        given = InferInput(name, list(values.shape), TYPES[name])
        given.set_data_from_numpy(values, binary_data=True)
        asked = InferRequestedOutput("answer", binary_data=True)
        body, header = InferenceServerClient.generate_request_body([given], outputs=[asked])
        cases.append(
            {
                "name": name,
                "datatype": TYPES[name],
                "shape": list(values.shape),
                "values": values.ravel().tolist(),
                "header": json.loads(body[:header]),
                "bytes": body[header:].hex(),
            }
        )
    OUT.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
