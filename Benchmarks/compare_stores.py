# SPDX-License-Identifier: Apache-2.0
"""Measures embedded stores on the same vectors: `scripts/bench --stores` runs it.

Each store takes the documents in batches of one size, then all stores take turns at single searches, with and without a filter that a
tenth of the documents match. Ours is `vectorstore-bench store`, run before and after the others.
"""

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402

from annbench.formats import read_neighbours, read_vectors  # noqa: E402
from annbench.machine import describe_machine  # noqa: E402
from driver.log import say  # noqa: E402
from stores.documents import Documents  # noqa: E402

STORES = {"sqlite-vec": ("sqlite_vec_store", "SQLiteVecStore"), "chroma": ("chroma_store", "ChromaStore"), "lancedb": ("lance_store", "LanceStore")}
YEAR = 2017


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder with base.fvecs, query.fvecs and groundtruth.ivecs (cosine)")
    parser.add_argument("--command", type=Path, required=True, help="the built vectorstore-bench")
    parser.add_argument("--stores", default=",".join(STORES), help="which of others' stores, by comma")
    parser.add_argument("--batch", type=int, default=1_000, help="documents in a call")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--queries", type=int, default=100, help="searches of a store in a round, each way")
    parser.add_argument("--k", type=int, default=10)
    parser.add_argument("--out", type=Path, required=True, help="where the results go, as JSON")
    options = parser.parse_args()

    results = {"machine": describe_machine(), "data": options.data.name, "ours": [run_ours(options)], "others": run_others(options)}
    results["ours"].append(run_ours(options))
    options.out.write_text(json.dumps(results, indent=2) + "\n")
    print_table(results)
    return 0


def run_ours(options):
    say("our store")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "ours.json"
        subprocess.run(
            [options.command, "store", "--base", options.data / "base.fvecs", "--query", options.data / "query.fvecs", "--k", str(options.k),
             "--batch", str(options.batch), "--rounds", str(options.rounds), "--folder", folder, "--json", out],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return json.loads(out.read_text())


def run_others(options):
    vectors = np.ascontiguousarray(read_vectors(options.data / "base.fvecs"))
    queries = np.ascontiguousarray(read_vectors(options.data / "query.fvecs"))[: options.queries]
    truth = read_neighbours(options.data / "groundtruth.ivecs")[: options.queries, : options.k]
    documents = Documents(len(vectors))
    with tempfile.TemporaryDirectory() as folder:
        opened = []
        for name in options.stores.split(","):
            module, kind = STORES[name]
            try:
                store = getattr(importlib.import_module(f"stores.{module}"), kind)
            except ImportError as error:
                say(f"{name} is left out: {error}")
                continue
            opened.append(fill(store, Path(folder), documents, vectors, options))
        for number in range(options.rounds):
            for store, result in opened:
                say(f"round {number + 1}: {result['engine']}")
                measure(store, result, queries, truth, options)
        return [summary(result) for _, result in opened]


def fill(kind, folder, documents, vectors, options):
    say(f"filling {kind.name} {kind.version}")
    store = kind(folder, vectors.shape[1])
    start = time.perf_counter()
    for first in range(0, len(vectors), options.batch):
        store.add(documents, vectors, range(first, min(first + options.batch, len(vectors))))
    store.finish()
    seconds = time.perf_counter() - start
    return store, {"engine": kind.name, "version": kind.version, "documents": len(vectors), "ingest_per_second": round(len(vectors) / seconds), "rounds": []}


def measure(store, result, queries, truth, options):
    times = {"search": [], "filtered": []}
    hits = 0
    for query, nearest in zip(queries, truth):
        start = time.perf_counter()
        found = store.search(query, options.k)
        times["search"].append(time.perf_counter() - start)
        hits += len(set(found) & set(nearest.tolist()))
        start = time.perf_counter()
        store.search(query, options.k, year=YEAR)
        times["filtered"].append(time.perf_counter() - start)
    result["recall"] = round(hits / truth.size, 4)
    result["rounds"].append({name: statistics.median(values) * 1e6 for name, values in times.items()})


def summary(result):
    rounds = result.pop("rounds")
    for name in ("search", "filtered"):
        result[f"{name}_p50_us"] = round(statistics.median(round[name] for round in rounds), 1)
    return result


def print_table(results):
    print(f"{'store':24} {'documents/s':>12} {'search p50':>12} {'filtered p50':>13} {'recall':>8}")
    for run, ours in enumerate(results["ours"]):
        row = (f"ours, run {run + 1}", ours["ingest_indexed_per_second"], ours["search"]["store_p50_us"], ours["declared_filter"]["store_p50_us"], ours["recall"])
        print("{:24} {:>12.0f} {:>9.0f} µs {:>10.0f} µs {:>8.4f}".format(*row))
    for other in results["others"]:
        row = (f"{other['engine']} {other['version']}", other["ingest_per_second"], other["search_p50_us"], other["filtered_p50_us"], other["recall"])
        print("{:24} {:>12.0f} {:>9.0f} µs {:>10.0f} µs {:>8.4f}".format(*row))


if __name__ == "__main__":
    sys.exit(main())
