#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures `vectorstore serve` beside the guide's FastAPI application: `scripts/bench --service` runs it.

The application (fastapi_app.py) runs as the guide has it, on uvicorn as `pip install fastapi uvicorn` gives it (asyncio's loop, h11; the guide
names no server) and on uvicorn with uvloop and httptools, and as fast as we could make it, with these too. All serve one table on one
PostgreSQL server, filled by `vectorstore import`, with one HNSW index and pools of one size, and answer the same `GET /search?query=…&k=5`, in
turns. Python's embedder looks vectors up that were made before; ours makes them anew for each request
(`hashing:384`), which is in its time. Figures are medians of the rounds, in parentheses the lowest and the highest.
"""

import argparse
import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from annbench.machine import describe_machine  # noqa: E402
from driver.log import say  # noqa: E402
from service.connection import Connection  # noqa: E402

HERE = Path(__file__).resolve().parent
TABLE = "bench_service"
EMBEDDER = "hashing:384"

# What uvicorn runs on. It is named, lest a figure depends on what else is installed.
PLAIN = ["--loop", "asyncio", "--http", "h11"]
FAST = ["--loop", "uvloop", "--http", "httptools"]


def main():
    options = parse_options()
    queries = fill(options)
    with tempfile.TemporaryDirectory() as folder:
        vectors = Path(folder) / "vectors.json"
        vectors.write_text(json.dumps(embed(options, queries)))
        with (
            served(ours(options)) as our_url,
            served(theirs(options, vectors, "guide", PLAIN)) as guide_url,
            served(theirs(options, vectors, "guide", FAST)) as fast_url,
            served(theirs(options, vectors, "tuned", FAST)) as tuned_url,
        ):
            services = {
                "vectorstore serve": our_url,
                "the guide's application": guide_url,
                "the same on uvloop": fast_url,
                "the same, tuned": tuned_url,
            }
            check_same_answers(services, queries[:20], options.k)
            rounds = measure(services, queries, options)
    results = {
        "machine": describe_machine(),
        "documents": options.rows,
        "k": options.k,
        "pool": options.pool,
        "load": os.getloadavg(),
        "services": {name: {str(count): summary(found) for count, found in by_count.items()} for name, by_count in rounds.items()},
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=2) + "\n")
    print(table(results))
    return 0


def fill(options):
    """Documents of made words in a table with an index; returns the texts of queries."""
    generator = random.Random(42)
    words = ["".join(generator.choice("bcdfghklmnprstvw") + generator.choice("aeiou") for _ in range(generator.randint(2, 4))) for _ in range(3_000)]
    say(f"filling the table: {options.rows} documents")
    lines = "".join(
        json.dumps({"id": f"doc-{number}", "content": " ".join(generator.choices(words, k=40)), "metadata": {"source": f"file-{number % 97}", "page": number}}) + "\n"
        for number in range(options.rows)
    )
    store = ["--store", options.url, "--table", TABLE]
    vectorstore(options, ["import", "-", *store, "--embedder", EMBEDDER], lines)
    vectorstore(options, ["index", "create", *store, "--type", "hnsw", "--m", "16", "--ef-construction", "64"])
    return [" ".join(generator.choices(words, k=8)) for _ in range(500)]


def embed(options, texts):
    out = vectorstore(options, ["embed", *texts, "--embedder", EMBEDDER, "--json"])
    return {text: json.loads(line)["embedding"] for text, line in zip(texts, out.splitlines(), strict=True)}


def vectorstore(options, arguments, text=None):
    done = subprocess.run([str(options.command), *arguments], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"vectorstore {arguments[0]} ended with exit code {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def ours(options):
    def line(port):
        return [options.command, "serve", "--store", options.url, "--table", TABLE, "--embedder", EMBEDDER, "--port", port], {}

    return line


def theirs(options, vectors, form, uvicorn):
    def line(port):
        settings = {"SERVICE_FORM": form, "SERVICE_DATABASE": options.url, "SERVICE_TABLE": TABLE, "SERVICE_VECTORS": str(vectors)}
        settings["SERVICE_POOL"] = str(options.pool)
        command = [sys.executable, "-m", "uvicorn", "--app-dir", HERE, "fastapi_app:app", "--port", port, *uvicorn]
        return [*command, "--no-access-log", "--log-level", "warning"], settings

    return line


@contextmanager
def served(line):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command, settings = line(port)
    process = subprocess.Popen([str(part) for part in command], env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(process, url)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def wait_until_it_answers(process, url):
    for _ in range(300):
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended with exit code {process.returncode} (see above)")
        try:
            with socket.create_connection(urllib.parse.urlsplit(url).netloc.split(":"), 1):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{process.args[0]} did not listen within 30 s")


def path_of(query, k):
    return "/search?" + urllib.parse.urlencode({"query": query, "k": k})


def check_same_answers(services, queries, k):
    """All ways to the same table give the same documents, or what is measured is not the same work."""
    for query in queries:
        found = []
        for url in services.values():
            with urllib.request.urlopen(url + path_of(query, k), timeout=30) as answer:
                found.append([document["content"] for document in json.load(answer)])
        if any(one != found[0] for one in found) or len(found[0]) != k:
            sys.exit(f"the services found different documents for '{query}'")


def measure(services, queries, options):
    rounds = {name: {count: [] for count in options.connections} for name in services}
    for number in range(options.rounds):
        for count in options.connections:
            for name, url in services.items():
                say(f"round {number + 1} of {options.rounds}: {name}, {count} connections")
                rounds[name][count].append(asyncio.run(load(url, queries, count, options)))
    return rounds


async def load(url, queries, count, options):
    connections = [await Connection(url, None).open() for _ in range(count)]
    paths = [path_of(query, options.k) for query in queries]
    await asyncio.gather(*(connection.call("GET", paths[0]) for connection in connections))
    times = []
    end = time.perf_counter() + options.min_seconds

    async def ask(connection, place):
        while (start := time.perf_counter()) < end:
            status, body = await connection.call("GET", paths[place % len(paths)])
            times.append(time.perf_counter() - start)
            if status != 200:
                sys.exit(f"{url} answered {status}: {body[:500]!r}")
            place += 1

    start = time.perf_counter()
    await asyncio.gather(*(ask(connection, number * 31) for number, connection in enumerate(connections)))
    seconds = time.perf_counter() - start
    for connection in connections:
        connection.writer.close()
    times.sort()
    return {"per_second": len(times) / seconds, "p50_ms": times[len(times) // 2] * 1e3, "p99_ms": times[int(len(times) * 0.99)] * 1e3}


def summary(rounds):
    return {
        key: {"median": statistics.median(values), "lowest": min(values), "highest": max(values)}
        for key in rounds[0]
        for values in [[found[key] for found in rounds]]
    }


def table(results):
    lines = [
        f"{results['documents']:,} documents, k {results['k']}, pools of {results['pool']}, load {results['load'][0]:.1f}",
        "",
        "| | connections | requests/s | p50, ms | p99, ms |",
        "|---|---|---|---|---|",
    ]
    for name, by_count in results["services"].items():
        for count, figures in by_count.items():
            cells = (spread(figures["per_second"], 0), spread(figures["p50_ms"], 2), spread(figures["p99_ms"], 1))
            lines.append(f"| {name} | {count} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def spread(figure, digits):
    return f"{figure['median']:,.{digits}f} ({figure['lowest']:,.{digits}f}–{figure['highest']:,.{digits}f})"


def parse_options():
    parser = argparse.ArgumentParser(prog="bench --service", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, metavar="URL", help=f"the server; the table {TABLE} is made in it")
    parser.add_argument("--command", type=Path, required=True, metavar="FILE", help="the built vectorstore")
    parser.add_argument("--rows", type=int, default=5_000, help="documents in the table")
    parser.add_argument("--k", type=int, default=5)
    parser.add_argument("--pool", type=int, default=10, help="connections of PGVectorStore's pool; ours has 10")
    parser.add_argument("--connections", type=lambda text: [int(part) for part in text.split(",")], default=[1, 16], metavar="N,…")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--min-seconds", type=float, default=3.0, metavar="S", help="how long each figure is measured in a round")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="where the results go, as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
