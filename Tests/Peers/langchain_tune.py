#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that `vectorstore-bench` measures and tunes a table that langchain-postgres made and filled. scripts/test runs it.

    langchain_tune.py --url postgresql://… --command vectorstore-bench

Everything happens in a database of its own, which is dropped at the end. Each check is a line; exit code 1 if one failed.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import numpy as np
import sqlalchemy
from langchain_core.embeddings import Embeddings
from langchain_postgres import PGEngine, PGVectorStore
from langchain_postgres.v2.indexes import DistanceStrategy, HNSWIndex

ROWS, DIMENSION, TABLE = 1_500, 32, "Glosses"


class NoEmbeddings(Embeddings):
    """The vectors are given with the texts."""

    def embed_query(self, text):
        return [0.0] * DIMENSION

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]


def vectors():
    """Clusters that overlap, as embeddings do."""
    random = np.random.default_rng(11)
    centres = random.standard_normal((30, DIMENSION))
    return (centres[random.integers(30, size=ROWS)] + 0.6 * random.standard_normal((ROWS, DIMENSION))).astype(np.float32)


async def fill(url):
    """The table and its index, by langchain's own calls."""
    engine = PGEngine.from_connection_string(url)
    await engine.ainit_vectorstore_table(TABLE, DIMENSION)
    store = await PGVectorStore.create(engine, embedding_service=NoEmbeddings(), table_name=TABLE)
    rows = vectors().tolist()
    await store.aadd_embeddings(
        texts=[f"gloss {row}" for row in range(ROWS)], embeddings=rows, metadatas=[{"row": row} for row in range(ROWS)]
    )
    await store.aapply_vector_index(HNSWIndex(name="graph", distance_strategy=DistanceStrategy.COSINE_DISTANCE))
    await engine.close()


def run(command, *arguments):
    done = subprocess.run([command, *arguments], capture_output=True, text=True, check=False)
    print(done.stderr, file=sys.stderr, end="")
    return done


def checks(command, url, engine, folder):
    """What is checked, and whether it holds."""
    base = ("--base", url, "--table", f'"{TABLE}"', "--metric", "cosine", "--min-seconds", "0")
    out = folder / "existing.json"
    done = run(command, "pgvector", *base, "--existing", "--id-column", "langchain_id", "--sample-queries", "100", "--ef", "200", "--json", str(out))
    points = json.loads(out.read_text())["points"] if done.returncode == 0 else []
    yield "the index that langchain made is measured", len(points) == 1 and points[0]["recall"] > 0.95

    out = folder / "tune.json"
    done = run(command, "tune", *base, "--sample-queries", "200", "--recall", "0.95", "--json", str(out))
    print(done.stdout)
    report = json.loads(out.read_text()) if out.exists() else {}
    yield "a recall of 0.95 is reached", done.returncode == 0 and report.get("reached") is True
    create = next((line for line in report.get("statements", []) if line.startswith("CREATE INDEX CONCURRENTLY")), "SELECT no_index")
    with engine.connect() as connection:
        tables = connection.execute(sqlalchemy.text("SELECT count(*) FROM pg_indexes WHERE tablename = :t"), {"t": TABLE}).scalar()
        yield "nothing was made on the table", tables == 2
        schemas = connection.execute(sqlalchemy.text("SELECT count(*) FROM pg_namespace WHERE starts_with(nspname::text, 'vectorstore_bench_')")).scalar()
        yield "the scratch schema is gone", schemas == 0
        try:
            connection.execute(sqlalchemy.text(create))
            made = True
        except sqlalchemy.exc.SQLAlchemyError as error:
            print(error, file=sys.stderr)
            made = False
        yield "PostgreSQL takes the statement that is printed", made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--command", required=True)
    arguments = parser.parse_args()
    server = sqlalchemy.engine.make_url(arguments.url).set(drivername="postgresql+psycopg")
    name = f"langchain_tune_{uuid.uuid4().hex[:12]}"
    admin = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    failed = 0
    try:
        url = server.set(database=name)
        engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text("CREATE EXTENSION IF NOT EXISTS vector"))
        asyncio.run(fill(url.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)))
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with tempfile.TemporaryDirectory() as folder:
            for what, passed in checks(arguments.command, plain, engine, Path(folder)):
                print(f"{'ok    ' if passed else 'FAILED'} {what}", flush=True)
                failed += not passed
        engine.dispose()
    finally:
        with admin.connect() as connection:
            connection.execute(sqlalchemy.text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
