"""The text tower and the space of label texts."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

import photos

TOKENS = 128
DIMENSION = 384
PROMPT = "a photo of a "
PERSONS = ("a photo of a person", "a photo of people", "a photo of a man", "a photo of a woman", "a photo of a child")


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


class Reader:
    """Runs a text graph on one text at a time, without padding: the int8 graph gives others in a batch."""

    def __init__(self, graph, tokenizer, threads):
        self.session = photos.session(graph, threads)
        self.tokenizer = Tokenizer.from_str(tokenizer.decode())
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(TOKENS)
        self.tokenizer.encode_special_tokens = True
        self.known = {}

    def run(self, text):
        if text not in self.known:
            ids = np.array([self.tokenizer.encode(text).ids], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            self.known[text] = self.session.run(None, feed)[0][0]
        return self.known[text]

    def raw(self, text):
        """The mean of the last hidden state, of length one; for the graph as it comes."""
        hidden = self.run(text)
        return unit(hidden.mean(axis=0, dtype=np.float64)).astype(np.float32) if hidden.ndim == 2 else hidden


class Space:
    """Centre and whitening, from the texts of the thousand classes; text_embeds = unit((raw - centre) A)."""

    def __init__(self, reader, synsets):
        lemmas = [line.split(", ") for _, line, _ in synsets]
        every = np.stack([reader.raw(PROMPT + line) for _, line, _ in synsets])
        first = np.stack([reader.raw(PROMPT + words[0]) for words in lemmas])
        each = [unit(np.mean([reader.raw(PROMPT + word) for word in words], axis=0)) for words in lemmas]
        glossed = [reader.raw(f"{PROMPT}{words[0]}, {gloss}") for words, (_, _, gloss) in zip(lemmas, synsets)]
        self.centre = every.mean(axis=0)
        spread = np.cov(np.concatenate([every, first, np.stack(each)]).T)
        values, vectors = np.linalg.eigh(spread)
        whiten = (vectors * (values + 0.5 * values.mean()) ** -0.25) @ vectors.T
        self.whiten = whiten * np.sqrt(DIMENSION / np.square(whiten).sum())
        self.imagenet = self.bank(unit(first + np.stack(glossed)))

    def bank(self, rows):
        """Label rows with mean zero: else a flat softmax would point at the mean."""
        rows = unit((rows - rows.mean(axis=0)) @ self.whiten)
        return rows - rows.mean(axis=0)

    def embed(self, raw):
        return unit((raw - self.centre) @ self.whiten)


def text_tower(graph, space):
    """The graph as it comes, then pooling, centring and whitening (attribute axes: it is opset 11)."""
    tower = onnx.load_from_string(graph)
    body = tower.graph

    def node(kind, inputs, output, **attributes):
        body.node.append(helper.make_node(kind, inputs, [output], name="st_" + output, **attributes))

    body.initializer.append(numpy_helper.from_array(space.centre.astype(np.float32)[None], "st_centre"))
    body.initializer.append(numpy_helper.from_array(space.whiten.astype(np.float32), "st_whiten"))
    node("Cast", ["attention_mask"], "st_mask", to=TensorProto.FLOAT)
    node("Unsqueeze", ["st_mask"], "st_mask3", axes=[2])
    node("Mul", ["last_hidden_state", "st_mask3"], "st_h")
    node("ReduceSum", ["st_h"], "st_sum", axes=[1], keepdims=0)
    node("ReduceSum", ["st_mask3"], "st_cnt", axes=[1], keepdims=0)
    node("Div", ["st_sum", "st_cnt"], "st_mean")
    node("LpNormalization", ["st_mean"], "sentence_embedding", axis=-1, p=2)
    node("Sub", ["sentence_embedding", "st_centre"], "st_c")
    node("MatMul", ["st_c", "st_whiten"], "st_w")
    node("LpNormalization", ["st_w"], "text_embeds", axis=-1, p=2)
    del body.output[:]
    shape = ["batch_size", DIMENSION]
    body.output.append(helper.make_tensor_value_info("text_embeds", TensorProto.FLOAT, shape))
    onnx.checker.check_model(tower)
    return tower
