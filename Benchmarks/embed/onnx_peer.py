#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""onnxruntime with the `tokenizers` library, measured as `vectorstore-bench embed` measures ours."""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
from onnx_model import make_onnx
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from annbench.machine import resident_bytes  # noqa: E402


class OnnxEmbedder:
    """The model of a folder with mean pooling, batches sorted by length and padded to their longest."""

    def __init__(self, folder, threads, batch):
        self.batch = batch
        graph = folder / f"onnx-fused-{onnxruntime.__version__}.onnx"
        if not graph.exists():
            make_onnx(folder, graph)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0" if threads == 1 else "1")
        self.session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"])

    def embed(self, texts):
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda index: -len(ids[index]))
        vectors = [None] * len(ids)
        for start in range(0, len(order), self.batch):
            chosen = order[start : start + self.batch]
            for index, vector in zip(chosen, self._forward([ids[index] for index in chosen])):
                vectors[index] = vector
        return np.array(vectors, dtype=np.float32)

    def _forward(self, ids):
        longest = max(map(len, ids))
        tokens = np.zeros((len(ids), longest), dtype=np.int32)
        mask = np.zeros((len(ids), longest), dtype=np.int32)
        for row, sequence in enumerate(ids):
            tokens[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        inputs = {"input_ids": tokens, "segment_ids": np.zeros_like(tokens), "attention_mask": mask}
        (hidden,) = self.session.run(None, inputs)
        means = np.einsum("btd,bt->bd", hidden, mask.astype(np.float32)) / mask.sum(axis=1, keepdims=True)
        return means / np.linalg.norm(means, axis=1, keepdims=True)


def measure(embedder, texts, options, request, loaded):
    processor, passes, started = time.process_time(), 0, time.perf_counter()
    while True:
        embedder.embed(texts)
        passes += 1
        seconds = time.perf_counter() - started
        if seconds >= options.min_seconds:
            break
    return {
        "round": request,
        "threads": options.threads,
        "texts": len(texts),
        "passes": passes,
        "seconds": round(seconds, 6),
        "processor_seconds": round(time.process_time() - processor, 6),
        "texts_per_second": round(passes * len(texts) / seconds, 2),
        "load_seconds": round(loaded, 6),
        "resident_bytes": resident_bytes()["total"],
    }


def main():
    parser = argparse.ArgumentParser(description="Measures onnxruntime as `vectorstore-bench embed` measures ours.")
    parser.add_argument("--model", type=Path, required=True, metavar="DIR")
    parser.add_argument("--texts", type=Path, required=True, metavar="FILE")
    parser.add_argument("--threads", type=int, default=1, metavar="N")
    parser.add_argument("--batch", type=int, default=32, metavar="N", help="texts in a batch")
    parser.add_argument("--min-seconds", type=float, default=1.0, metavar="S")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--vectors", type=Path, metavar="FILE", help="write the vectors there (.fvecs) and measure nothing")
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    texts = [json.loads(line) for line in options.texts.read_text().split("\n") if line]
    started = time.perf_counter()
    embedder = OnnxEmbedder(options.model, options.threads, options.batch)
    loaded = time.perf_counter() - started
    if options.vectors:
        vectors = embedder.embed(texts)
        heads = np.full((len(vectors), 1), vectors.shape[1], dtype="<i4")
        np.hstack([heads, vectors.view("<i4")]).tofile(options.vectors)
        return
    if not options.serve:
        for number in range(options.rounds):
            print(json.dumps(measure(embedder, texts, options, number, loaded)), flush=True)
        return
    embedder.embed(texts)
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("exit"):
            return
        print(json.dumps(measure(embedder, texts, options, request.get("round", 0), loaded)), flush=True)


if __name__ == "__main__":
    main()
