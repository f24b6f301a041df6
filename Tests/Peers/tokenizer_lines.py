# SPDX-License-Identifier: Apache-2.0
"""Lines of text for tokenizers: real ones, every Unicode scalar, and generated ones."""

import json
import pydoc_data.topics
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = {".md", ".swift", ".py", ".txt", ".css", ".js"}


def text_lines(path):
    """The lines of a file that are not empty."""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if path.suffix == ".jsonl":
        lines = [json.loads(line)["content"] for line in lines if line]
    return [line for line in lines if line.strip()]


def package_lines():
    """Prose and code of the package, and the mixed texts beside this file."""
    places = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "Sources", "Benchmarks", "Tests")]
    files = [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*")))]
    return [line for file in files if file.suffix in SUFFIXES for line in text_lines(file)]


def python_lines():
    """Python's language reference and, where they are installed, its samples of Asian texts."""
    lines = [line for topic in pydoc_data.topics.topics.values() for line in topic.split("\n") if line.strip()]
    for folder in {Path(json.__file__).parents[1] / "test" / "cjkencodings"}:
        for file in sorted(folder.glob("*-utf8.txt")):
            lines += text_lines(file)
    return lines


def scalar_lines():
    """Every Unicode scalar, alone, in a word and behind a letter with an accent, 64 to a line."""
    codes = [code for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    return [
        " ".join(f"{chr(code)} be{chr(code)}st e\u0301{chr(code)}" for code in codes[start : start + 64])
        for start in range(0, len(codes), 64)
    ]


def generated_lines():
    """Seeded lines of everything that tokenizers trip over."""
    chance = random.Random(42)
    alphabets = [
        [chr(code) for code in range(0x20, 0x7F)],
        [chr(code) for code in range(0x00, 0x20)] + ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2028", "\u00a0", "\u3000", "\ufffd"],
        [chr(code) for code in range(0xC0, 0x250)] + [chr(code) for code in range(0x1E00, 0x1F00)],
        [chr(code) for code in range(0x300, 0x370)] + ["\u302e", "\u302f", "\u0f71", "\u1cd0", "\U0001d165", "\U0001d16d", "\u0345"],
        [chr(code) for code in range(0x4E00, 0x4F00)] + list("向量数据库，。！？「」《》、：；"),
        [chr(code) for code in range(0xAC00, 0xAD00)] + [chr(code) for code in range(0x3041, 0x30FF)],
        ["😀", "👩‍👩‍👧", "🇩🇪", "👍🏽", "❤️", "🏳️‍🌈", "☃", "™", "½", "ﬁ", "ǅ", "İ", "ẞ", "Σ", "ς", "Ω"],
        ["[CLS]", "[SEP]", "[MASK]", "[UNK]", "[PAD]", "<url>", "Vector Store", "vector  store", "Zürich", "the", "向量", "##ing"],
        ["embedding", "unaffable", "Naïve", "a" * 99, "b" * 100, "c" * 101, "é" * 100, "antidisestablishmentarianism", "🙂" * 101],
    ]
    lines = ["", " ", "\t\n", "[CLS]", "##", "a" * 1000, "word " * 2000, "\u0301", "e\u0301\u0327", "\u1100\u1161\u11a8", "각"]
    for _ in range(6000):
        chosen = chance.sample(alphabets, chance.randint(1, 4))
        parts = [chance.choice(chance.choice(chosen)) + chance.choice(["", "", "", " "]) for _ in range(chance.randint(1, 40))]
        lines.append("".join(parts))
    return lines
