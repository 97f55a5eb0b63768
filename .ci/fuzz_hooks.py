"""What the API fuzz knows beyond the contract: real purposes, real pictures, portable patterns."""

import hashlib
import pathlib
import re
import struct
import zlib

import schemathesis
from hypothesis import strategies as st

SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples"
WORDS = ["cat", "dog", "cup", "tree", "house", "river", "apple", "chair", "boat", "bridge"]
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
DIGEST = re.compile(r"[0-9a-f]{64}")
TEXT = re.compile(r"[^\x00-\x1f\x7f\ufffe\uffff]{1,200}")
# Lone surrogates cannot be sent in UTF-8, and the generator's own regex engine has no word for them.
SURROGATES = r"\uD800-\uDFFF"


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Leaves out of the generator's copy what it cannot generate, or only in half a minute a list."""
    widen(raw_schema)


def widen(node):
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            node["pattern"] = node["pattern"].replace(SURROGATES, "")
        if isinstance(node.get("maxItems"), int) and node["maxItems"] > 1000:
            del node["maxItems"]
        for child in node.values():
            widen(child)
    elif isinstance(node, list):
        for child in node:
            widen(child)


@schemathesis.hook
def map_path_parameters(context, parameters):
    """Exchanges most well-formed models for a real one."""
    if parameters and "model" in parameters and zlib.crc32(repr(parameters).encode()) % 5:
        if well_formed(IDENTIFIER, [parameters["model"]]):
            parameters["model"] = "image-tagging"
    return parameters


@schemathesis.hook
def before_call(context, case, **kwargs):
    """Exchanges every package for one that is not there, also where a link names the one that answers."""
    parameters = case.path_parameters or {}
    if well_formed(IDENTIFIER, [parameters.get("name")]):
        # A plugin that a run has killed answers no other.
        parameters["name"] = hashlib.sha256(parameters["name"].encode()).hexdigest()
    digest = parameters.get("digest")
    if well_formed(DIGEST, [digest]):
        # Once a run has retired the model that answers there is nothing to ask.
        case.path_parameters["digest"] = hashlib.sha256(digest.encode()).hexdigest()


@schemathesis.hook
def map_body(context, body):
    """Exchanges most well-formed names and labels for real ones, or nothing would be answered."""
    content = getattr(body, "body", body)  # a form comes wrapped, with the types of its parts
    request = content.get("request", content) if isinstance(content, dict) else None
    if isinstance(request, dict) and zlib.crc32(repr(request).encode()) % 5:
        # A malformed value is what a negative case is about and stays.
        if well_formed(IDENTIFIER, [request.get("capability")]):
            request["capability"] = "image-tagging"
        if well_formed(IDENTIFIER, [request.get("purpose")]):
            request["purpose"] = "accessibility-captions"
        labels = request.get("labels")
        if well_formed(TEXT, labels) and len(labels) <= len(WORDS) and is_set(labels):
            request["labels"] = WORDS[: len(labels)]
        if well_formed(TEXT, request.get("subjects")) and is_set(request["subjects"]):
            del request["subjects"]
    return body


def well_formed(pattern, texts):
    return isinstance(texts, list) and all(
        isinstance(text, str) and pattern.fullmatch(text) for text in texts
    )


def is_set(texts):
    return 0 < len(set(texts)) == len(texts)


def png(width, height, grey):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = (b"\0" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PHOTO = (SAMPLES / "chelsea.jpg").read_bytes()
PNGS = st.builds(png, st.integers(1, 300), st.integers(1, 300), st.integers(0, 255))
JPEGS = st.just(PHOTO) | st.integers(0, len(PHOTO) - 1).map(lambda end: PHOTO[:end])
schemathesis.openapi.media_type("image/png", PNGS)
schemathesis.openapi.media_type("image/jpeg", JPEGS)
schemathesis.openapi.media_type("image/webp", PNGS | st.binary(max_size=200))
schemathesis.openapi.media_type("application/octet-stream", PNGS | JPEGS | st.binary(max_size=200))
schemathesis.openapi.media_type("application/zip", st.binary(max_size=200))
