# SPDX-License-Identifier: Apache-2.0
"""faiss: IndexFlat (--index exact), HNSW Flat (--storage float32) and HNSW SQ8 (--storage int8)."""

import faiss
import numpy as np

from peers.base import Peer, Searcher, UnsupportedOption

_FILE = "index.faiss"


class FaissPeer(Peer):
    indexes = ("hnsw", "exact")
    storages = ("float32", "int8")
    supports_filters = True
    normalises_cosine = True  # cosine is the inner product of unit vectors

    def __init__(self, options):
        super().__init__(options)
        self.exact = options.index == "exact"
        if self.exact and options.storage != "float32":
            raise UnsupportedOption("--storage int8: faiss is measured with it only for --index hnsw")
        faiss.omp_set_num_threads(options.threads)

    @property
    def engine(self):
        if self.exact:
            return "faiss-flat"
        return "faiss-hnsw-flat" if self.options.storage == "float32" else "faiss-hnsw-sq8"

    def version(self):
        return faiss.__version__

    def parameters(self):
        return {} if self.exact else super().parameters()

    def build(self, vectors, threads):
        faiss.omp_set_num_threads(threads)
        index = self._empty(vectors.shape[1])
        if not index.is_trained:
            index.train(vectors)
        index.add(vectors)
        faiss.omp_set_num_threads(self.options.threads)
        return index

    def _empty(self, dimension):
        metric = faiss.METRIC_L2 if self.options.metric == "l2" else faiss.METRIC_INNER_PRODUCT
        if self.exact:
            return faiss.IndexFlat(dimension, metric)
        if self.options.storage == "float32":
            index = faiss.IndexHNSWFlat(dimension, self.options.m, metric)
        else:
            index = faiss.IndexHNSWSQ(dimension, faiss.ScalarQuantizer.QT_8bit, self.options.m, metric)
        index.hnsw.efConstruction = self.options.ef_construction
        return index

    def save(self, index, folder):
        faiss.write_index(index, str(folder / _FILE))

    def open(self, folder, dimension):
        return faiss.read_index(str(folder / _FILE))

    def searcher(self, index, ef, mask):
        k = self.options.k
        parameters = faiss.SearchParameters() if self.exact else faiss.SearchParametersHNSW(efSearch=ef)
        if mask is not None:
            parameters.sel = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
        elif self.exact:
            parameters = None  # parameters, even empty ones, would cost the exact search its fast path
        distances, ids = np.empty((1, k), dtype=np.float32), np.empty((1, k), dtype=np.int64)

        def one(query):
            index.search(query, k, params=parameters, D=distances, I=ids)
            return ids.copy()

        return Searcher(one=one, batch=lambda queries: index.search(queries, k, params=parameters)[1], details={})
