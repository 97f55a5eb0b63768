"""Asks a host with Triton's own client in its three forms; prints one JSON object of what came of it."""

import base64
import json
import sys

import numpy
import tritonclient.grpc
import tritonclient.http
from tritonclient.utils import InferenceServerException

ADDRESS, TOKEN, PHOTO = sys.argv[1:]
IMAGE = open(PHOTO, "rb").read()
REST = tritonclient.http.InferenceServerClient(ADDRESS)
GRPC = tritonclient.grpc.InferenceServerClient(ADDRESS)
GOOD = {"purpose": "accessibility-captions", "area": "home"}


def header(form):
    # Made anew each time: the client writes into it.
    return {"authorization" if form == "grpc" else "Authorization": "Bearer " + TOKEN}


def tensor(module, name, values, **how):
    tensor = module.InferInput(name, [len(values)], "BYTES")
    tensor.set_data_from_numpy(numpy.array(values, dtype=numpy.object_), **how)
    return tensor


def ask(form, labels, parameters, model="image-tagging", headers=None, **more):
    module = tritonclient.grpc if form == "grpc" else tritonclient.http
    client = GRPC if form == "grpc" else REST
    binary = {} if form == "grpc" else {"binary_data": form == "binary"}
    image = base64.b64encode(IMAGE) if form == "json" else IMAGE
    if form == "json":
        more["outputs"] = [
            module.InferRequestedOutput(name, binary_data=False)
            for name in ["findings", "labels", "scores", "boxes"]
        ]
    return client.infer(
        model,
        [
            tensor(module, "image", [image], **binary),
            tensor(module, "labels", [label.encode() for label in labels], **binary),
        ],
        request_id="call 7",
        parameters=parameters,
        headers=header(form) if headers is None else headers,
        **more,
    )


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def answer(form, *how, **more):
    result = ask(form, *how, **more)
    response = result.get_response()
    if form == "grpc":
        parameters = {
            name: getattr(value, value.WhichOneof("parameter_choice"))
            for name, value in response.parameters.items()
        }
        known = {"model": response.model_name, "version": response.model_version, "id": response.id}
    else:
        parameters = response["parameters"]
        known = {"model": response["model_name"], "version": response["model_version"], "id": response["id"]}
    return known | {
        "labels": [text(label) for label in result.as_numpy("labels")],
        "scores": result.as_numpy("scores").tolist(),
        "boxes": result.as_numpy("boxes").tolist(),
        "findings": json.loads(text(result.as_numpy("findings")[0])),
        "parameters": parameters,
    }


def refusal(form, *how, **more):
    try:
        ask(form, *how, **more)
    except InferenceServerException as refused:
        return {"status": refused.status(), "message": refused.message()}
    return {"status": "answered", "message": ""}


def server(form):
    client = GRPC if form == "grpc" else REST
    ready = client.is_model_ready("image-tagging", headers=header(form))
    meta = client.get_server_metadata(headers=header(form))
    model = client.get_model_metadata("image-tagging", headers=header(form))
    if form == "grpc":
        meta = {"name": meta.name, "extensions": list(meta.extensions)}
        inputs = [tensor.name for tensor in model.inputs]
    else:
        inputs = [tensor["name"] for tensor in model["inputs"]]
    return {
        "live": client.is_server_live(),
        "ready": client.is_server_ready(),
        "model": ready,
        "name": meta["name"],
        "extensions": meta["extensions"],
        "inputs": inputs,
    }


def version(form):
    """Asks everything at the version that the metadata names."""
    client = GRPC if form == "grpc" else REST
    model = client.get_model_metadata("image-tagging", headers=header(form))
    only = (model.versions if form == "grpc" else model["versions"])[0]
    again = client.get_model_metadata("image-tagging", model_version=only, headers=header(form))
    return {
        "only": only,
        "again": (again.versions if form == "grpc" else again["versions"])[0],
        "ready": client.is_model_ready("image-tagging", model_version=only, headers=header(form)),
        "answer": answer(form, ["cat", "dog"], GOOD, model_version=only),
    }


results = {}
for form in ["json", "binary", "grpc"]:
    results[form] = {
        "server": server(form),
        "answer": answer(form, ["cat", "dog"], GOOD),
        "boxes": answer(form, ["cat"], GOOD, "object-detection"),
        "version": version(form),
        "outdated": refusal(form, ["cat"], GOOD, model_version="9.9.9"),
        "denied": refusal(form, ["angry man", "calm man"], GOOD),
        "anonymous": refusal(form, ["cat"], GOOD, headers={}),
        "purposeless": refusal(form, ["cat"], {"area": "home"}),
        "unknown": refusal(form, ["cat"], GOOD, "mind-reading"),
    }
results["compressed"] = refusal("binary", ["cat"], GOOD, request_compression_algorithm="gzip")
print(json.dumps(results))
