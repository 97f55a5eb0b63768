"""Makes the expected token ids of the starter's tokenizer.

Usage: python make_tokenizer.py
Needs: tokenizers (made with 0.23.3), which shares no code with Cordon. Padding is off, texts are
cut to 128 tokens, and a text that spells a special token is ordinary text.
"""

import json
import pathlib
import random

from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).parent

PLAIN = """a photo of a cat
a photo of a dog
A Photo Of A DOG.
two people riding bicycles on a street
an espresso cup on a wooden table
rocket launch at night, long exposure
the quick brown fox jumps over the lazy dog
unaffable
internationalization and localisation
antidisestablishmentarianism
photosynthesis-driven micro-organisms
can't won't they're I'd we'll it's o'clock
e-mail: someone@example.com, https://example.com/a?b=c&d=e#f
3.14159 1,000,000 1e-9 0x7f 50% $9.99 #1
C++ C# F# .NET Node.js
a/b\\c|d~e^f`g{h}i[j]k<l>m=n+o_p
!!! ??? ... --- *** ((( )))
wow!!!so many???marks,,,here
[CLS] [SEP] [PAD] [UNK] [MASK]
[cls]x[SEP]y[MASK]z[PAD]
##ing ##s un##able
<|startoftext|> <|endoftext|> <s> </s>
\x00null\x00inside
bell\x07 backspace\x08 escape\x1b[31mred
tab\tnew\nline\rreturn\x0bvertical\x0cfeed
next\x85line no\xa0break thin\u2009space ideographic\u3000space
zero\u200bwidth\u200cjoin\u200ders\ufeffbom
soft\xadhyphen word\u2060joiner
replacement \ufffd character
private \ue000 use \U000f0000 plane
line\u2028separator paragraph\u2029separator
left\u202eright\u202c override \u2066isolate\u2069
crème brûlée à la carte
Ångström café naïve façade jalapeño
ÀÉÎÕÜ àéîõü ÇÑ çñ ß ẞ Ø ø Đ đ Ł ł Æ æ Œ œ
cafe\u0301 e\u0301\u0302\u0303 combining
Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031ea\u036b\u0357\u0334\u0362\u0335\u031c\u0330\u0354l\u0368\u0367\u0369\u0358\u0320
İstanbul ıssız IĞDIR ığdır
ΑΒΓΔ αβγδ ΣΊΣΥΦΟΣ σίσυφος ΟΔΥΣΣΕΥΣ
Привет, мир! Съешь ещё этих мягких французских булок
ЁЖИК ёжик Йод йод
Київ Україна ґанок їжак
שלום עולם
שָׁלוֹם נִקּוּד
مرحبا بالعالم
اَلْعَرَبِيَّةُ تَشْكِيل
English mixed עם עברית and عربي together
फोटो में एक बिल्ली है
ภาพถ่ายของแมว
বিড়ালের ছবি
பூனையின் புகைப்படம்
გამარჯობა მსოფლიო
Բարեւ աշխարհ
안녕하세요 세계
고양이 사진 한 장
猫の写真
カタカナ ひらがな 漢字
ｶﾀｶﾅ half width ＦＵＬＬ ｗｉｄｔｈ １２３
がぎぐげご がぎ
一张猫的照片
中文English混合text文字
𠀀𠀁 rare ideographs 𪜀 𫝀 𫠠 丽
㐀䶵 extension a 豈羅 compatibility
〇〻々〆 marks 。、「」『』【】
😀 😃 grinning
a photo of 🐈 and 🐕
👨‍👩‍👧‍👦 family
👍🏽 thumbs 👩🏿‍🚀 astronaut
🇩🇪🇫🇷 flags 🏴󠁧󠁢󠁥󠁮󠁧󠁿
❤️ ❤ heart ☺︎ text style
1️⃣ keycap #️⃣
𝓯𝓪𝓷𝓬𝔂 𝕝𝕖𝕥𝕥𝕖𝕣𝕤 𝐛𝐨𝐥𝐝
ⓒⓘⓡⓒⓛⓔⓓ ⅷ Ⅷ ½ ² ₂
ﬁnancial ﬂower ﬀ ligatures
“curly” ‘quotes’ «guillemets» „low“
em—dash en–dash ellipsis… bullet• dagger†
€ £ ¥ ₹ ₿ ¢ ¤ currencies
© ® ™ ° ± × ÷ ¬ µ ¶ §
→ ← ↑ ↓ ⇒ ∀ ∃ ∑ ∏ ∫ √ ∞ ≠ ≤
╔══╗ ░▒▓ ■□▲△◆
¿Qué? ¡Hola! Niño
Straße STRASSE straẞe
ŉ ǆ ǅ Ǆ ǰ ΐ
K Å Ω kelvin angstrom ohm signs
x² + y³ = z⁴
naïveté coöperate rôle
Tiếng Việt có dấu
Dvořák Škoda žluťoučký kůň
Þórbergur Þórðarson ð
ʻokina ʼapostrophe ˈstress
ᏣᎳᎩ ꮳꮃꭹ cherokee
ᚠᚢᚦᚨᚱᚲ runes
𐐀𐐨 deseret 𞤀𞤢 adlam
ⲀⲂⲄ ⲁⲃⲅ coptic
Ⴀ ⴀ Ა ა georgian cases""".split("\n")

# PLAIN is cut at line breaks, so texts with line breaks stand here.
CONTROLS = [
    "\x00null\x00inside",
    "bell\x07 backspace\x08 escape\x1b[31mred",
    "tab\tnew\nline\rreturn\x0bvertical\x0cfeed",
    "crlf\r\nline\n\n\nlines",
    "next\x85line no\xa0break thin\u2009space ideographic\u3000space",
    "line\u2028separator paragraph\u2029separator",
    "\x7f delete \x80\x9f c1",
    "\ud7ff\ue000\uf8ff borders of the private area",
    "\ufdd0 \uffff \U0001fffe not characters",
    "\u0378 \u0530 unassigned",
]


def generated():
    yield from ["", " ", "   \t\n  ", "\u3000", "\u200b", "\x00", "\ufffd", "a", "I", ".", "é", "猫", "😀", "\u0301", "##", "[", "[CLS]"]
    yield "cat " * 125 + "dog"
    yield "cat " * 126
    yield "cat " * 127 + "end"
    yield "a photo of a very " * 100
    yield "unaffable " * 60
    yield "猫" * 200
    yield "😀" * 200
    yield "." * 300
    for length in (99, 100, 101, 1000):
        yield "x" * length
        yield "é" * length
    yield "word " + "y" * 101 + " word"
    yield "𝓪" * 100
    yield "𝓪" * 101
    yield "e\u0301" * 60
    rng = random.Random(20261124)
    pools = [
        [chr(c) for c in range(0x20, 0x7F)],
        [chr(c) for c in range(0xA0, 0x250)],
        [chr(c) for c in range(0x300, 0x370)] + list("aeiou nrst"),
        [chr(c) for c in range(0x370, 0x530) if c not in (0x378, 0x379, 0x380, 0x381, 0x382, 0x383, 0x38B, 0x38D, 0x3A2)],
        [chr(c) for c in range(0x5D0, 0x5EB)] + [chr(c) for c in range(0x621, 0x653)] + list(" ab"),
        [chr(c) for c in range(0x904, 0x930)] + [chr(c) for c in range(0x93E, 0x94E)] + [" "],
        [chr(c) for c in range(0x2000, 0x2070) if c != 0x2065],
        [chr(c) for c in range(0x3041, 0x3100) if c not in (0x3097, 0x3098)] + [chr(c) for c in range(0x4E00, 0x4F00)],
        [chr(c) for c in range(0xAC00, 0xAD00)] + [" "],
        [chr(c) for c in range(0x1F300, 0x1F650)] + ["\u200d", "\ufe0f", " "],
        [chr(c) for c in range(0, 0x20)] + list("abc"),
    ]
    for pool in pools:
        for _ in range(12):
            yield "".join(rng.choice(pool) for _ in range(rng.randrange(1, 40)))
    for _ in range(30):
        yield "".join(rng.choice(rng.choice(pools)) for _ in range(rng.randrange(1, 80)))


def main():
    tokenizer = Tokenizer.from_file(str(HERE.parent / "starter" / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(128)
    tokenizer.encode_special_tokens = True
    texts = list(dict.fromkeys(PLAIN + CONTROLS + list(generated())))
    cases = [{"text": text, "ids": tokenizer.encode(text).ids} for text in texts]
    out = HERE / "tokenizer" / "starter.json"
    out.parent.mkdir(exist_ok=True)
    with out.open("w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
    print(len(cases), "texts")


main()
