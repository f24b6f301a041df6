# SPDX-License-Identifier: Apache-2.0
"""LanceDB: columns in files, with its HNSW index over scalar-quantised vectors in one partition, built after adding."""

import lancedb
import pyarrow as pa


class LanceStore:
    name = "LanceDB"
    version = lancedb.__version__

    def __init__(self, folder, dimension):
        self.dimension = dimension
        schema = pa.schema(
            [
                pa.field("vector", pa.list_(pa.float32(), dimension)),
                *[pa.field(name, pa.string()) for name in ("id", "content", "shelf", "source")],
                pa.field("year", pa.int64()),
                pa.field("price", pa.float64()),
            ]
        )
        self.table = lancedb.connect(str(folder / "lance")).create_table("vectors", schema=schema)

    def add(self, documents, vectors, rows):
        self.table.add(
            [
                {
                    "vector": vectors[row], "id": documents.ids[row], "content": documents.texts[row], "shelf": documents.shelves[row],
                    "source": documents.sources[row], "year": documents.years[row], "price": documents.prices[row],
                }
                for row in rows
            ]
        )

    def search(self, query, k, year=None):
        search = self.table.search(query).distance_type("cosine").limit(k)
        if year is not None:
            search = search.where(f"year = {year}", prefilter=True)
        return [int(row["id"].split("-")[1]) for row in search.to_list()]

    def finish(self):
        self.table.create_index(metric="cosine", index_type="IVF_HNSW_SQ", num_partitions=1)
