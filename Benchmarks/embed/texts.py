# SPDX-License-Identifier: Apache-2.0
"""The texts of the embedding benchmark: real ones of all kinds for agreement, and equally long ones for speed."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Peers"))

from tokenizer_lines import generated_lines, package_lines, python_lines, text_lines  # noqa: E402


def write_lines(path, texts):
    path.write_text("".join(json.dumps(text) + "\n" for text in texts))
    return path


def agreement_texts():
    """1,000 texts: English, code, Chinese and mixed, generated ones, paragraphs, an empty one, one of 10,000 words."""
    prose, code = python_lines(), package_lines()
    mixed = text_lines(ROOT / "Tests" / "Peers" / "mixed.txt")
    paragraphs = [" ".join(prose[start : start + 12]) for start in range(0, 2400, 12)]
    made = generated_lines()
    texts = ["", " ", "word " * 10_000, " ".join(prose)[:60_000], "😀", "中"] + mixed
    texts += prose[:: len(prose) // 350][:350] + code[:: len(code) // 250][:250] + paragraphs + made[:: len(made) // 250]
    return texts[:1000]


def texts_of_length(tokenizer, tokens, count):
    """`count` texts of exactly `tokens` tokens, special ones included, cut from prose word by word."""
    words = " ".join(python_lines()).split()
    texts, start = [], 0
    while len(texts) < count:
        end, length = start, 0
        while length < tokens:
            end += 1
            length = len(tokenizer.encode(" ".join(words[start:end])).ids)
        if length == tokens:
            texts.append(" ".join(words[start:end]))
        start = end
    return texts


def short_texts(count):
    """Lines of prose, one after another from the beginning as often as needed."""
    prose = [line.strip() for line in python_lines()]
    return [prose[number % len(prose)] for number in range(count)]
