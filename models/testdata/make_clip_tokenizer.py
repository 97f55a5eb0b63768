"""Makes the expected token ids of CLIP's own vocabulary, for the texts of `make_tokenizer.py`.

Usage: python make_clip_tokenizer.py BPE_SIMPLE_VOCAB_16E6_TXT_GZ
Needs: tokenizers (made with 0.23.3); the file is `open_clip/bpe_simple_vocab_16e6.txt.gz` of PyPI's
open-clip-torch 3.3.0 (MIT), which is not kept here: the test downloads it. Texts are cut to 77
tokens, and a text that spells a special token is ordinary text.
"""

import gzip
import hashlib
import json
import pathlib
import sys

from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).parent
SOURCE = (HERE / "make_tokenizer.py").read_text().rsplit("\nmain()", 1)[0]
FAMILIES = (HERE / "make_families.py").read_text()


def clip(lines):
    """CLIP's construction: bytes, bytes that end a word, merges, two special tokens."""
    scope = {"__file__": str(HERE / "make_families.py")}
    exec(FAMILIES.rsplit("\nmain()", 1)[0], scope)
    merges = lines[1 : 49152 - 256 - 2 + 1]
    letters = scope["alphabet"]()
    words = [*letters, *(letter + "</w>" for letter in letters), *(merge.replace(" ", "") for merge in merges), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {word: i for i, word in enumerate(words)}
    file = scope["tokenizer"]()
    for token in file["added_tokens"]:
        token["id"] = vocabulary[token["content"]]
    file["post_processor"]["sep"][1] = vocabulary["<|endoftext|>"]
    file["post_processor"]["cls"][1] = vocabulary["<|startoftext|>"]
    file["model"] |= {"vocab": vocabulary, "merges": merges}
    return file


def main():
    packed = pathlib.Path(sys.argv[1]).read_bytes()
    print("sha256", hashlib.sha256(packed).hexdigest())
    file = clip(gzip.decompress(packed).decode().split("\n"))
    tokenizer = Tokenizer.from_str(json.dumps(file))
    tokenizer.enable_truncation(77)
    tokenizer.encode_special_tokens = True
    scope = {"__file__": str(HERE / "make_tokenizer.py")}
    exec(SOURCE, scope)
    texts = list(dict.fromkeys(scope["PLAIN"] + scope["CONTROLS"] + list(scope["generated"]())))
    cases = [{"text": text, "ids": tokenizer.encode(text).ids} for text in texts]
    with (HERE / "tokenizer" / "clip.json").open("w") as out:
        out.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
    print(len(cases), "texts", len(file["model"]["vocab"]), "words")


main()
