#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Sources/Embeddings/Local/Tokenizer/UnicodeTables.swift: what the tokenizer does with each Unicode scalar.

    python -m pip install tokenizers==0.23.3
    python scripts/lib/unicode_tables.py

The tables are not taken from a version of Unicode but from what the `tokenizers` library does, one scalar at a time, because
models were trained on its ids and its own tables are of several versions.
"""

import unicodedata
from pathlib import Path

from tokenizers import __version__
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

TARGET = Path(__file__).resolve().parents[2] / "Sources/Embeddings/Local/Tokenizer/UnicodeTables.swift"
REMOVED, SPACE, CHINESE, PUNCTUATION, WHITESPACE, MARK, COMBINING = (1 << bit for bit in range(7))
HANGUL = range(0xAC00, 0xD7A4)


def normalizer(**options):
    settings = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False, **options}
    return BertNormalizer(**settings).normalize_str


CLEAN = normalizer(clean_text=True)
PAD = normalizer(handle_chinese_chars=True)
STRIP = normalizer(strip_accents=True)
LOWER = normalizer(lowercase=True)
SPLIT = BertPreTokenizer().pre_tokenize_str


def flags_of(scalar):
    """The bits of one scalar."""
    text = f"a{scalar}b"
    flags = 0
    cleaned = CLEAN(text)
    flags |= REMOVED if cleaned == "ab" else SPACE if cleaned == "a b" else 0
    flags |= CHINESE if PAD(text) == f"a {scalar} b" else 0
    pieces = [piece for piece, _ in SPLIT(text)]
    flags |= WHITESPACE if pieces == ["a", "b"] else PUNCTUATION if len(pieces) == 3 else 0
    stripped = STRIP(text)
    flags |= MARK if stripped == "ab" else COMBINING if unicodedata.combining(scalar) else 0
    return flags


def mapping_of(scalar, change):
    """What one scalar becomes, or nothing where it stays or goes."""
    changed = change(f"a{scalar}b")[1:-1]
    return [ord(part) for part in changed] if changed not in (scalar, "") else []


def encode(numbers):
    """Five bits a character from the lowest on, the sixth says that more follow; characters from '0' on."""
    text = []
    for number in numbers:
        while number >= 32:
            text.append(chr(48 + 32 + number % 32))
            number //= 32
        text.append(chr(48 + number))
    return "".join(text)


def encode_runs(flags):
    """Pairs of a run's length and its flags, the first run beginning at scalar 0."""
    numbers, start = [], 0
    for code in range(1, len(flags) + 1):
        if code == len(flags) or flags[code] != flags[start]:
            numbers += [code - start, flags[start]]
            start = code
    return encode(numbers)


def encode_mappings(mappings):
    """For each scalar the distance from the one before, how many scalars it becomes, and their distances from it."""
    numbers, before = [], 0
    for code, mapped in mappings:
        numbers += [code - before, len(mapped)]
        # Zigzag: 0, -1, 1, -2, …
        numbers += [2 * (other - code) if other >= code else 2 * (code - other) - 1 for other in mapped]
        before = code
    return encode(numbers)


def literal(name, comment, text):
    lines = [text[start : start + 112] for start in range(0, len(text), 112)]
    body = "\n".join("    " + line for line in lines)
    return f'  /// {comment}\n  static let {name}: StaticString = #"""\n{body}\n    """#\n'


def main():
    codes = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    flags = [0] * 0x110000
    for code in codes:
        flags[code] = flags_of(chr(code))
    strips = [(code, mapping_of(chr(code), STRIP)) for code in codes if code not in HANGUL]
    lowers = [(code, mapping_of(chr(code), LOWER)) for code in codes]
    parts = [
        literal("runs", "Runs of scalars with equal flags: length, flags.", encode_runs(flags)),
        literal("strips", "What accents' removal makes of scalars; Hangul is computed.", encode_mappings([s for s in strips if s[1]])),
        literal("lowers", "What lower-casing makes of scalars.", encode_mappings([s for s in lowers if s[1]])),
    ]
    TARGET.write_text(
        "// SPDX-License-Identifier: Apache-2.0\n"
        f"// Written by scripts/lib/unicode_tables.py with tokenizers {__version__}; ``UnicodeTable`` reads it.\n\n"
        "/// What the tokenizer does with each Unicode scalar, in the encoding that the generator describes.\n"
        "enum UnicodeTables {\n" + "\n".join(parts) + "}\n"
    )


if __name__ == "__main__":
    main()
