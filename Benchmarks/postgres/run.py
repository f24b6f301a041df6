#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures stores on one PostgreSQL server: `scripts/bench --postgres` runs it.

Ours, langchain-postgres and bare libpq, which is the floor, load the same vectors with documents of the same make, into a table each with the
same index, and take turns at searches: one at a time, and many tasks at once over a pool of connections. Figures are medians of the
rounds, in parentheses the lowest and the highest.
"""

import argparse
import json
import os
import statistics
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg  # noqa: E402
from annbench.formats import read_vectors  # noqa: E402
from annbench.machine import describe_machine  # noqa: E402
from driver.log import say  # noqa: E402
from postgres.runners import make_runners  # noqa: E402
from stores.documents import Documents  # noqa: E402

SETTINGS = ("server_version", "fsync", "synchronous_commit", "shared_buffers", "maintenance_work_mem", "max_connections")


def main():
    options = parse_options()
    options.vectors = read_vectors(options.data / "base.fvecs")[: options.rows]
    options.documents = Documents(len(options.vectors))
    runners = make_runners(options.runners.split(","), options)
    rounds = {runner.name: [] for runner in runners}
    for number in range(options.rounds):
        for runner in runners:
            say(f"round {number + 1} of {options.rounds}: {runner.name}")
            rounds[runner.name].append(runner.round(ingest=number < options.ingest_rounds))
    kept = ("k", "ef", "m", "ef_construction", "batch", "tasks", "pool", "min_seconds", "rounds", "ingest_rounds")
    results = {
        "machine": describe_machine(),
        "server": describe_server(options.url),
        "data": options.data.name,
        "documents": len(options.vectors),
        "dim": int(options.vectors.shape[1]),
        "parameters": {name: getattr(options, name) for name in kept},
        "load": os.getloadavg(),
        "runners": [{"name": name, "summary": summary(done), "rounds": done} for name, done in rounds.items()],
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=2) + "\n")
    print(table(results))
    return 0


def describe_server(url):
    with psycopg.connect(url) as connection:
        settings = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in SETTINGS}
        return settings | {"pgvector": connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'").fetchone()[0]}


FIGURES = {
    "ingest": ("ingest", "per_second"),
    "index": ("ingest", "index_seconds"),
    "single": ("single", "qps"),
    "single p50": ("single", "p50_us"),
    "single p99": ("single", "p99_us"),
    "client": ("single", "client_processor_us"),
    "concurrent": ("concurrent", "qps"),
    "concurrent p99": ("concurrent", "p99_us"),
}


def summary(rounds):
    """The median, lowest and highest of each figure that the rounds have."""
    figures = {}
    for name, (part, key) in FIGURES.items():
        values = [done[part][key] for done in rounds if done.get(part) and done[part].get(key) is not None]
        if values:
            figures[name] = {"median": statistics.median(values), "lowest": min(values), "highest": max(values)}
    recalls = [done["recall"] for done in rounds if done.get("recall") is not None]
    return figures | ({"recall": min(recalls)} if recalls else {})


def table(results):
    parameters = results["parameters"]
    lines = [
        f"PostgreSQL {results['server']['server_version']}, pgvector {results['server']['pgvector']}, fsync {results['server']['fsync']}; "
        f"{results['documents']:,} × {results['dim']}, k {parameters['k']}, efSearch {parameters['ef']}, "
        f"{parameters['tasks']} tasks over {parameters['pool']} connections, load {results['load'][0]:.1f}",
        "",
        "| | documents/s in | index, s | searches/s, one at a time | p50, ms | p99, ms | client's processor, ms | searches/s at once | p99, ms | recall |",
        "|" + "---|" * 10,
    ]
    for runner in results["runners"]:
        figures = runner["summary"]
        cells = [
            spread(figures, "ingest"), spread(figures, "index", digits=1), spread(figures, "single"), spread(figures, "single p50", 1e-3, 2),
            spread(figures, "single p99", 1e-3, 2), spread(figures, "client", 1e-3, 2), spread(figures, "concurrent"), spread(figures, "concurrent p99", 1e-3, 1),
            f"{figures['recall']:.3f}" if "recall" in figures else "–",
        ]  # fmt: skip
        lines.append(f"| {runner['name']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def spread(figures, name, scale=1, digits=0):
    if name not in figures:
        return "–"
    median, low, high = (f"{figures[name][key] * scale:,.{digits}f}" for key in ("median", "lowest", "highest"))
    return median if low == high else f"{median} ({low}–{high})"


def parse_options():
    parser = argparse.ArgumentParser(prog="bench --postgres", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, metavar="URL", help="the server; tables whose names begin with bench_ are made in it")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="a folder with base.fvecs, query.fvecs and groundtruth.ivecs (cosine)")
    parser.add_argument("--bare", type=Path, required=True, metavar="FILE", help="the compiled bare_libpq.c")
    parser.add_argument("--command", type=Path, metavar="FILE", help="the built vectorstore-bench")
    parser.add_argument("--runners", default="ours,langchain,floor", metavar="NAME,…")
    parser.add_argument("--rows", type=int, help="so many documents only; recall is not measured then")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ingest-rounds", type=int, default=1, help="rounds in which all fill their tables anew")
    parser.add_argument("--k", type=int, default=5)
    parser.add_argument("--ef", type=int, default=40)
    parser.add_argument("--m", type=int, default=16)
    parser.add_argument("--ef-construction", type=int, default=64)
    parser.add_argument("--batch", type=int, default=500, help="documents in a call")
    parser.add_argument("--tasks", type=int, default=32, help="searches at once")
    parser.add_argument("--pool", type=int, default=10, help="connections of a pool")
    parser.add_argument("--min-seconds", type=float, default=3.0, metavar="S", help="how long a kind of search lasts at least")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="where the results go, as JSON")
    options = parser.parse_args()
    if min(options.rounds, options.ingest_rounds, options.k, options.ef, options.batch, options.tasks, options.pool) < 1:
        parser.error("counts are at least 1")
    return options


if __name__ == "__main__":
    sys.exit(main())
