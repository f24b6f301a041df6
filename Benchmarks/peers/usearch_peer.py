# SPDX-License-Identifier: Apache-2.0
"""usearch, in f32 and i8. Its Python binding has no filtered search."""

import numpy as np
import usearch
from usearch.index import Index

from peers.base import Peer, Searcher, UnsupportedOption

_METRICS = {"cosine": "cos", "l2": "l2sq", "ip": "ip"}
_TYPES = {"float32": "f32", "int8": "i8"}
_FILE = "index.usearch"


class UsearchPeer(Peer):
    storages = ("float32", "int8")

    def __init__(self, options):
        super().__init__(options)
        if options.storage == "int8" and options.metric != "cosine":
            raise UnsupportedOption(f"--metric {options.metric}: usearch's i8 scales every vector to unit length, so it has only cosine")

    @property
    def engine(self):
        return "usearch-" + _TYPES[self.options.storage]

    def version(self):
        return usearch.__version__

    def build(self, vectors, threads):
        index = self._empty(vectors.shape[1])
        index.add(np.arange(len(vectors), dtype=np.uint64), vectors, threads=threads)
        return index

    def _empty(self, dimension):
        return Index(
            ndim=dimension,
            metric=_METRICS[self.options.metric],
            dtype=_TYPES[self.options.storage],
            connectivity=self.options.m,
            expansion_add=self.options.ef_construction,
        )

    def parameters(self):
        return {**super().parameters(), "hardware_acceleration": self._empty(64).hardware_acceleration}

    def save(self, index, folder):
        index.save(folder / _FILE)

    def open(self, folder, dimension):
        index = self._empty(dimension)
        index.load(folder / _FILE)
        return index

    def searcher(self, index, ef, mask):
        index.expansion_search = ef
        k, threads = self.options.k, self.options.threads
        return Searcher(
            one=lambda query: index.search(query, k, threads=1).keys,
            batch=lambda queries: index.search(queries, k, threads=threads).keys,
            details={},
        )
