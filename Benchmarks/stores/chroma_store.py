# SPDX-License-Identifier: Apache-2.0
"""Chroma: hnswlib and SQLite in the process of the caller, with its default index parameters."""

import chromadb


class ChromaStore:
    name = "Chroma"
    version = chromadb.__version__

    def __init__(self, folder, dimension):
        client = chromadb.PersistentClient(
            path=str(folder / "chroma"), settings=chromadb.Settings(anonymized_telemetry=False)
        )
        self.collection = client.create_collection("vectors", metadata={"hnsw:space": "cosine"})

    def add(self, documents, vectors, rows):
        self.collection.add(
            ids=[documents.ids[row] for row in rows],
            embeddings=vectors[rows.start : rows.stop],
            documents=[documents.texts[row] for row in rows],
            metadatas=[
                {"year": documents.years[row], "shelf": documents.shelves[row], "price": documents.prices[row], "source": documents.sources[row]}
                for row in rows
            ],
        )

    def search(self, query, k, year=None):
        found = self.collection.query(query_embeddings=[query], n_results=k, where=None if year is None else {"year": year})
        return [int(name.split("-")[1]) for name in found["ids"][0]]

    def finish(self):
        """The index is built while adding."""
