# SPDX-License-Identifier: Apache-2.0
"""The table that bare libpq searches: langchain's columns, filled by one COPY BINARY, which is what a server can take in."""

import json
import struct
import time

import numpy as np
import psycopg
from psycopg import sql

_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
_TRAILER = struct.pack("!h", -1)


def make_table(url, table, documents, vectors, m, ef_construction):
    """Makes, fills and indexes it. The documents a second of the COPY, whose bytes were made before, and the seconds of the index."""
    payload = _payload(documents, vectors)
    name = sql.Identifier(table)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(name))
        connection.execute(
            sql.SQL(
                "CREATE TABLE {} (langchain_id text PRIMARY KEY, content text NOT NULL, embedding vector({}) NOT NULL, langchain_metadata json)"
            ).format(name, sql.Literal(vectors.shape[1]))
        )
        connection.commit()
        start = time.perf_counter()
        with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(name)) as copy:
            copy.write(payload)
        connection.commit()
        copied = time.perf_counter() - start
        start = time.perf_counter()
        connection.execute(
            sql.SQL("CREATE INDEX ON {} USING hnsw (embedding vector_cosine_ops) WITH (m = {}, ef_construction = {})").format(
                name, sql.Literal(m), sql.Literal(ef_construction)
            )
        )
        connection.commit()
        indexed = time.perf_counter() - start
        connection.execute(sql.SQL("ANALYZE {}").format(name))
    return {"documents": len(vectors), "per_second": round(len(vectors) / copied, 1), "index_seconds": round(indexed, 2)}


def _payload(documents, vectors):
    dimension = vectors.shape[1]
    head = struct.pack("!hh", dimension, 0)
    big_endian = np.ascontiguousarray(vectors, dtype=">f4")
    parts = [_HEADER]
    for row in range(len(vectors)):
        metadata = {"year": documents.years[row], "shelf": documents.shelves[row], "price": documents.prices[row], "source": documents.sources[row]}
        fields = (documents.ids[row].encode(), documents.texts[row].encode(), head + big_endian[row].tobytes(), json.dumps(metadata).encode())
        parts.append(struct.pack("!h", len(fields)))
        parts += [struct.pack("!i", len(field)) + field for field in fields]
    return b"".join([*parts, _TRAILER])
