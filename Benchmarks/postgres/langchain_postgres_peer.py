#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures langchain-postgres: ingest, single searches, searches by many tasks at once. Writes one JSON document.

It is run as its users run it, and where there are several ways, its faster one: `PGEngine.from_engine` on the loop that searches (with
`from_connection_string` each call goes to another thread and back), uvloop where it is installed, connections opened before the time starts,
and, for ingest, calls of `aadd_embeddings` one after another and many at a time. efSearch is given as its documentation says, which costs it a
statement a search, and once more as a setting of the connections, which costs nothing.
"""

import argparse
import asyncio
import importlib.metadata
import json
import statistics
import sys
import time
import uuid
from pathlib import Path

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_postgres import PGEngine, PGVectorStore
from langchain_postgres.v2.indexes import HNSWIndex, HNSWQueryOptions
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from annbench.formats import read_neighbours, read_vectors  # noqa: E402
from stores.documents import Documents  # noqa: E402

try:
    import uvloop
except ImportError:
    uvloop = None


def main():
    options = parse_options()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop if uvloop else None) as runner:
        result = runner.run(measure(options))
    options.json.write_text(json.dumps(result, indent=2) + "\n")
    return 0


async def measure(options):
    queries = [[float(number) for number in row] for row in read_vectors(options.query)[: options.queries]]
    truth = read_neighbours(options.groundtruth)[: len(queries), : options.k]
    engine = create_async_engine(
        make_url(options.store).set(drivername="postgresql+asyncpg"), pool_size=options.pool, max_overflow=0,
        connect_args={"server_settings": {"hnsw.ef_search": str(options.ef)}},
    )  # fmt: skip
    pg = PGEngine.from_engine(engine)
    dimension = len(queries[0])
    result = {
        "engine": "langchain-postgres",
        "version": importlib.metadata.version("langchain-postgres"),
        "loop": "uvloop" if uvloop else "asyncio",
        "dim": dimension,
        "k": options.k,
        "ef": options.ef,
        "pool": options.pool,
    }
    if options.ingest:
        result["ingest"] = await measure_ingest(options, engine, pg, dimension)
    plain = await open_store(pg, options.table, dimension)
    given = await open_store(pg, options.table, dimension, HNSWQueryOptions(ef_search=options.ef))
    ways = {"option": given, "setting": plain}
    await fill_pool(engine, options.pool)
    result["recall"] = await recall(given, queries, truth, options.k)
    measured = {}
    for name, store in ways.items():
        single = await searches(store, queries, options, 1)
        together = await searches(store, queries, options, options.tasks)
        measured[name] = {"single": single, "concurrent": {"tasks": options.tasks, "pool": options.pool} | together}
    result["ways"] = measured
    for kind in ("single", "concurrent"):
        result[kind] = max((way[kind] for way in measured.values()), key=lambda rates: rates["qps"])
    await engine.dispose()
    return result


async def open_store(pg, table, dimension, query_options=None):
    return await PGVectorStore.create(pg, DeterministicFakeEmbedding(size=dimension), table, index_query_options=query_options)


async def fill_pool(engine, size):
    """Opens the pool's connections: connecting is nobody's search."""
    connections = [await engine.connect() for _ in range(size)]
    for connection in connections:
        await connection.execute(text("SELECT 1"))
        await connection.close()


# Ingest


async def measure_ingest(options, engine, pg, dimension):
    """Documents a second into a table without an index, by calls of `--batch` documents: one after another, and `--tasks` at once."""
    vectors = read_vectors(options.base)[: options.rows]
    rows = Documents(len(vectors))
    embeddings = vectors.tolist()
    metadatas = [
        {"year": rows.years[row], "shelf": rows.shelves[row], "price": rows.prices[row], "source": rows.sources[row]} for row in range(len(vectors))
    ]
    ids = [str(uuid.UUID(int=row)) for row in range(len(vectors))]
    batches = [slice(first, min(first + options.batch, len(vectors))) for first in range(0, len(vectors), options.batch)]
    await fill_pool(engine, options.pool)

    async def fill(tasks):
        await pg.ainit_vectorstore_table(options.table, dimension, overwrite_existing=True)
        store = await open_store(pg, options.table, dimension)
        waiting = iter(batches)

        async def adder():
            for part in waiting:
                await store.aadd_embeddings(rows.texts[part], embeddings[part], metadatas[part], ids[part])

        start = time.perf_counter()
        await asyncio.gather(*(adder() for _ in range(tasks)))
        return store, time.perf_counter() - start

    _, one_by_one = await fill(1)
    store, together = await fill(options.tasks)
    start = time.perf_counter()
    await store.aapply_vector_index(HNSWIndex(name=f"{options.table}_hnsw", m=options.m, ef_construction=options.ef_construction))
    index_seconds = time.perf_counter() - start
    async with engine.connect() as connection:
        await connection.execute(text(f'ANALYZE "{options.table}"'))
        await connection.commit()
    return {
        "documents": len(vectors),
        "batch": options.batch,
        "per_second": round(len(vectors) / min(one_by_one, together), 1),
        "per_second_calls_in_turn": round(len(vectors) / one_by_one, 1),
        "per_second_calls_at_once": round(len(vectors) / together, 1),
        "index_seconds": round(index_seconds, 2),
    }


# Searches


async def recall(store, queries, truth, k):
    hits = 0
    for query, nearest in zip(queries, truth):
        found = await store.asimilarity_search_with_score_by_vector(query, k=k)
        hits += len({uuid.UUID(document.id).int for document, _ in found} & set(nearest.tolist()))
    return round(hits / truth.size, 4)


async def searches(store, queries, options, tasks):
    """Whole passes over the queries until `--min-seconds` have gone by, so many at once."""
    latencies = []
    started, processor = time.perf_counter(), time.process_time()
    while True:
        waiting = iter(queries)

        async def searcher():
            for query in waiting:
                start = time.perf_counter()
                await store.asimilarity_search_with_score_by_vector(query, k=options.k)
                latencies.append(time.perf_counter() - start)

        await asyncio.gather(*(searcher() for _ in range(tasks)))
        elapsed = time.perf_counter() - started
        if elapsed >= options.min_seconds:
            break
    processor = time.process_time() - processor
    percentiles = np.percentile(latencies, (50, 95, 99)) * 1e6
    rate = 1 / statistics.fmean(latencies) if tasks == 1 else len(latencies) / elapsed
    return {
        "qps": round(rate, 1),
        **{name: round(float(value), 1) for name, value in zip(("p50_us", "p95_us", "p99_us"), percentiles)},
        "client_processor_us": round(processor / len(latencies) * 1e6, 1),
    }


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", required=True, metavar="URL", help="postgresql://…")
    parser.add_argument("--table", default="bench_langchain", help="made anew by --ingest")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--query", type=Path, required=True)
    parser.add_argument("--groundtruth", type=Path, required=True)
    parser.add_argument("--rows", type=int, help="so many documents only")
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--k", type=int, default=5)
    parser.add_argument("--ef", type=int, default=40)
    parser.add_argument("--m", type=int, default=16)
    parser.add_argument("--ef-construction", type=int, default=64)
    parser.add_argument("--batch", type=int, default=500, help="documents in a call")
    parser.add_argument("--tasks", type=int, default=32, help="tasks that search, or add, at once")
    parser.add_argument("--pool", type=int, default=10, help="connections")
    parser.add_argument("--min-seconds", type=float, default=3.0, metavar="S")
    parser.add_argument("--ingest", action="store_true", help="make and fill the table, and measure that; without it the table is there")
    parser.add_argument("--json", type=Path, required=True, metavar="OUT")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
