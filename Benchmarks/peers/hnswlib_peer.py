# SPDX-License-Identifier: Apache-2.0
"""hnswlib."""

from importlib.metadata import version

import hnswlib
import numpy as np

from peers.base import Peer, Searcher

_FILE = "index.bin"


class HnswlibPeer(Peer):
    supports_filters = True
    engine = "hnswlib"

    def version(self):
        return version("hnswlib")

    def build(self, vectors, threads):
        index = hnswlib.Index(space=self.options.metric, dim=vectors.shape[1])
        index.init_index(max_elements=len(vectors), M=self.options.m, ef_construction=self.options.ef_construction, random_seed=100)
        index.add_items(vectors, np.arange(len(vectors)), num_threads=threads)
        return index

    def save(self, index, folder):
        index.save_index(str(folder / _FILE))

    def open(self, folder, dimension):
        index = hnswlib.Index(space=self.options.metric, dim=dimension)
        index.load_index(str(folder / _FILE))
        return index

    def searcher(self, index, ef, mask):
        index.set_ef(ef)
        index.set_num_threads(self.options.threads)
        k, threads = self.options.k, self.options.threads
        if mask is None:
            return Searcher(
                one=lambda query: index.knn_query(query, k=k, num_threads=1)[0],
                batch=lambda queries: index.knn_query(queries, k=k, num_threads=threads)[0],
                details={},
            )
        allows = mask.tolist().__getitem__  # the binding calls it for every vector it visits

        def one(query):
            try:
                return index.knn_query(query, k=k, num_threads=1, filter=allows)[0]
            except RuntimeError:  # it found fewer than k and gives none
                return ()

        # A batch would fail as a whole for one query that finds fewer than k.
        return Searcher(one=one, batch=lambda queries: [one(queries[i : i + 1]) for i in range(len(queries))], details={})
