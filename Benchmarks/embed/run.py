#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The embedding benchmark: `scripts/bench --embed` runs it in a virtual environment with onnxruntime.

First the vectors of all engines are compared, then they are timed in turns, so that a machine that slows down slows all of them.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np
from static_model import make_static_model
from texts import agreement_texts, short_texts, texts_of_length, write_lines
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUTPUT = ROOT / ".build" / "bench"
LEAST_COSINE = 0.99999


class Engine:
    """A process that embeds one set of texts each time it is asked to."""

    def __init__(self, name, command, threads, texts):
        self.name, self.threads, self.rounds = name, threads, []
        line = [*command, "--texts", texts, "--threads", threads, "--serve"]
        self.process = subprocess.Popen([str(part) for part in line], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        # One untimed round: it ends when the model is loaded, so that no two load at a time.
        self.measure(0)
        self.rounds.clear()

    def measure(self, number):
        self.process.stdin.write(json.dumps({"round": number}) + "\n")
        self.process.stdin.flush()
        self.rounds.append(json.loads(self.process.stdout.readline()))

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def median(self, key):
        return statistics.median(result[key] for result in self.rounds)

    def record(self, texts):
        rates = sorted(result["texts_per_second"] for result in self.rounds)
        cores = statistics.median(result["processor_seconds"] / result["seconds"] for result in self.rounds)
        # Processor time a text on one thread does not count what other processes took of the core.
        used = [result["processor_seconds"] / (result["passes"] * result["texts"]) for result in self.rounds]
        return {
            "engine": self.name,
            "threads": self.threads,
            "texts": texts,
            "texts_per_second": self.median("texts_per_second"),
            "lowest": rates[0],
            "highest": rates[-1],
            "processor_ms_per_text": round(1000 * statistics.median(used), 3),
            "cores": round(cores, 2),
            "load_seconds": self.median("load_seconds"),
            "resident_mb": round(max(result["resident_bytes"] for result in self.rounds) / 1e6, 1),
        }


def main():
    options = parse_options()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    commands = {
        "Swift": [options.native, "embed", "--model", options.model],
        "Swift, baseline": [options.baseline, "embed", "--model", options.model],
        "onnxruntime": [sys.executable, HERE / "onnx_peer.py", "--model", options.model],
    }
    results = {"agreement": agreement(commands), "records": []}
    for tokens in (32, 128):
        count = 8 if options.quick else 64
        texts = write_lines(OUTPUT / f"texts-{tokens}.jsonl", texts_of_length(tokenizer, tokens, count))
        results["records"] += compare(f"{tokens} tokens", texts, commands, options)
    static = make_static_model(options.model, ROOT / ".build" / "models" / "static-256")
    texts = write_lines(OUTPUT / "texts-short.jsonl", short_texts(20_000))
    lines = {name: [command, "embed", "--model", static] for name, command in (("Swift", options.native), ("Swift, baseline", options.baseline))}
    results["records"] += compare("short, static model", texts, lines, options, threads=[1])
    (OUTPUT / "embed.json").write_text(json.dumps(results, indent=2) + "\n")
    (OUTPUT / "embed.md").write_text(table(results))
    print(table(results))
    return 0 if all(entry["least"] >= LEAST_COSINE for entry in results["agreement"]) else 1


def agreement(commands):
    """The least cosine of each engine's vectors with onnxruntime's."""
    texts = write_lines(OUTPUT / "texts-agreement.jsonl", agreement_texts())
    vectors = {}
    for name, command in commands.items():
        target = OUTPUT / "vectors.fvecs"
        subprocess.run([str(part) for part in [*command, "--texts", texts, "--vectors", target]], check=True)
        vectors[name] = read_fvecs(target)
    theirs = vectors.pop("onnxruntime")
    entries = []
    for name, ours in vectors.items():
        norms = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
        cosines = np.einsum("ij,ij->i", ours, theirs) / norms
        entries.append({"engine": name, "texts": len(cosines), "least": float(cosines.min()), "median": float(np.median(cosines))})
        print(f"{name}: least cosine with onnxruntime over {len(cosines)} texts {cosines.min():.8f}", file=sys.stderr)
    return entries


def read_fvecs(path):
    numbers = np.fromfile(path, dtype="<i4")
    return numbers.reshape(-1, numbers[0] + 1)[:, 1:].view("<f4").astype(np.float64)


def compare(name, texts, commands, options, threads=(1, 2)):
    """All engines in turns over one set of texts."""
    engines = [
        Engine(engine, [*command, "--min-seconds", options.min_seconds], count, texts)
        for count in threads
        for engine, command in commands.items()
    ]
    for number in range(options.rounds):
        for engine in engines:
            engine.measure(number)
    for engine in engines:
        engine.close()
    return [engine.record(name) for engine in engines]


def table(results):
    """The results in Markdown, each rate beside that of onnxruntime on as many threads."""
    peers = {(record["texts"], record["threads"]): record for record in results["records"] if record["engine"] == "onnxruntime"}
    lines = [
        "| texts | engine | threads | texts/s | × onnxruntime | processor ms a text | × by processor time | load, ms | resident, MB |",
        "|" + "---|" * 9,
    ]
    for record in results["records"]:
        peer = peers.get((record["texts"], record["threads"]))
        by_rate = f"{record['texts_per_second'] / peer['texts_per_second']:.2f}" if peer else "–"
        by_time = f"{peer['processor_ms_per_text'] / record['processor_ms_per_text']:.2f}" if peer else "–"
        rate, low, high = (rounded(record[key]) for key in ("texts_per_second", "lowest", "highest"))
        lines.append(
            f"| {record['texts']} | {record['engine']} | {record['threads']} | {rate} ({low}–{high}) | {by_rate} "
            f"| {record['processor_ms_per_text']} | {by_time} | {1000 * record['load_seconds']:.0f} | {record['resident_mb']:.0f} |"
        )
    for entry in results["agreement"]:
        lines += ["", f"{entry['engine']}: least cosine with onnxruntime over {entry['texts']} texts {entry['least']:.7f}"]
    return "\n".join(lines) + "\n"


def rounded(rate):
    return f"{rate:,.0f}" if rate >= 1000 else f"{rate:.1f}"


def parse_options():
    parser = argparse.ArgumentParser(prog="bench --embed", description="Measures LocalEmbeddings beside onnxruntime.")
    parser.add_argument("--model", type=Path, required=True, metavar="DIR", help="a BERT model with mean pooling")
    parser.add_argument("--native", type=Path, required=True, help="vectorstore-bench, built for the processor at hand")
    parser.add_argument("--baseline", type=Path, required=True, help="vectorstore-bench, built as users do")
    parser.add_argument("--rounds", type=int, default=7, metavar="N")
    parser.add_argument("--min-seconds", type=float, default=1.0, metavar="S", help="how long a round lasts at least")
    parser.add_argument("--quick", action="store_true", help="few texts: shows that everything runs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
