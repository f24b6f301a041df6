#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares our tokenizer with the `tokenizers` library, id for id. scripts/test runs it.

    check_tokenizer.py --command vectorstore-bench --model DIR [TEXT…]

Lines of the TEXT files (UTF-8; a .jsonl gives its "content"), of the package's own files and of Python's documentation, every
Unicode scalar, and generated lines; all by the model's tokenizer and by variants of it with other settings.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tokenizer_lines import generated_lines, package_lines, python_lines, scalar_lines, text_lines
from tokenizer_variants import variants
from tokenizers import Tokenizer

LEAST_REAL_LINES = 10_000


def main():
    parser = argparse.ArgumentParser(description="Compares our tokenizer with the `tokenizers` library.")
    parser.add_argument("--command", required=True, help="vectorstore-bench")
    parser.add_argument("--model", type=Path, required=True, help="the folder of a model")
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT", help="files of real text")
    options = parser.parse_args()

    real = package_lines() + python_lines() + [line for path in options.texts for line in text_lines(path)]
    if len(real) < LEAST_REAL_LINES:
        sys.exit(f"there are {len(real)} lines of real text; {LEAST_REAL_LINES} are needed: name some files")
    made = generated_lines()
    description = json.loads((options.model / "tokenizer.json").read_text())
    failures = compare("the model's own settings", description, real + made + scalar_lines(), options.command)
    for name, variant in variants(description):
        failures += compare(name, variant, real[::20] + made[::3] + scalar_lines()[::8], options.command)
    print(f"{len(real)} real lines, {len(made)} generated ones: {failures} differ")
    sys.exit(1 if failures else 0)


def compare(name, description, lines, command):
    """How many lines have other ids than those of the library; the first few are shown."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "tokenizer.json").write_text(json.dumps(description))
        (folder / "texts.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n")
        output = subprocess.run(
            [command, "tokenize", "--model", folder, "--texts", folder / "texts.jsonl"], check=True, stdout=subprocess.PIPE
        ).stdout
        theirs = Tokenizer.from_file(str(folder / "tokenizer.json"))
    theirs.no_padding()
    theirs.no_truncation()
    ours = [json.loads(line) for line in output.splitlines()]
    expected = [encoding.ids for encoding in theirs.encode_batch(lines)]
    if len(ours) != len(expected):
        sys.exit(f"{name}: {len(ours)} answers to {len(expected)} lines")
    differing = [number for number, pair in enumerate(zip(ours, expected)) if pair[0] != pair[1]]
    for number in differing[:3]:
        print(f"{name}: {lines[number]!r:.300}\n  ours   {ours[number]!s:.300}\n  theirs {expected[number]!s:.300}")
    print(f"{name}: {len(lines)} lines, {len(differing)} differ")
    return len(differing)


if __name__ == "__main__":
    main()
