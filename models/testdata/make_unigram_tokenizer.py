"""Trains small unigram tokenizers and makes their expected token ids, for the texts of `make_tokenizer.py`.

Usage: python make_unigram_tokenizer.py
Needs: tokenizers, sentencepiece (made with 0.23.3, 0.2.2). SigLIP's own vocabulary is not kept here.
`siglip` has the steps that SigLIP's converter writes (small letters, no punctuation, single spaces,
stripped); `nfkc` has SentencePiece's own precompiled character map (nmt_nfkc), as SigLIP 2, T5 and
XLM-R have. Texts are cut to 64 tokens and padded to 64 with `</s>`, as for SigLIP. Texts that spell a
special token are left out: there the reference finds the token, and Cordon, on purpose, does not.
"""

import base64
import io
import json
import pathlib
import string

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

HERE = pathlib.Path(__file__).parent
SOURCE = (HERE / "make_tokenizer.py").read_text().rsplit("\nmain()", 1)[0]
SPECIAL = ["<pad>", "</s>", "<unk>"]
PUNCTUATION = "[" + "".join("\\" + c for c in string.punctuation) + "]"


def texts():
    scope = {"__file__": str(HERE / "make_tokenizer.py")}
    exec(SOURCE, scope)
    found = dict.fromkeys(scope["PLAIN"] + scope["CONTROLS"] + list(scope["generated"]()))
    return [text for text in found if not any(token in text for token in SPECIAL)]


def corpus():
    yield from (path.read_text() for path in sorted(HERE.parent.parent.glob("*.md")))
    yield from (path.read_text() for path in sorted(HERE.parent.glob("**/*.md")) if "target" not in path.parts)
    yield from ["一张猫的照片", "猫の写真 カタカナ", "고양이 사진", "crème brûlée café"] * 20


def character_map():
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["some words to count", "more words"] * 50), model_writer=model, vocab_size=25,
        normalization_rule_name="nmt_nfkc", hard_vocab_limit=False)
    spec = proto.ModelProto()
    spec.ParseFromString(model.getvalue())
    return spec.normalizer_spec.precompiled_charsmap


def normalizer(name):
    if name == "siglip":
        return normalizers.Sequence([
            normalizers.Lowercase(), normalizers.Replace(Regex(PUNCTUATION), ""),
            normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()])
    return normalizers.Sequence([
        normalizers.Precompiled(character_map()), normalizers.Strip(left=False, right=True),
        normalizers.Replace(Regex(" {2,}"), "\u2581")])


def make(name, size):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizer(name)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    trainer = trainers.UnigramTrainer(vocab_size=size, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(corpus(), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single=["$A", "</s>"], special_tokens=[("</s>", 1)])
    tokenizer.save(str(HERE / "tokenizer" / f"{name}.tokenizer.json"), pretty=False)
    tokenizer.enable_truncation(64)
    tokenizer.enable_padding(pad_id=1, pad_token="</s>", length=64)
    tokenizer.encode_special_tokens = True
    cases = []
    for text in texts():
        encoded = tokenizer.encode(text)
        used = sum(encoded.attention_mask)
        cases.append({"text": text, "ids": encoded.ids[:used]})
    with (HERE / "tokenizer" / f"{name}.json").open("w") as out:
        out.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
    print(name, tokenizer.get_vocab_size(), "pieces,", len(cases), "texts")


make("siglip", 1500)
make("nfkc", 800)
