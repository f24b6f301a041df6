# SPDX-License-Identifier: Apache-2.0
"""scalable-vs (Intel SVS), for the report only: a Vamana graph over float32.

Its compressed storages (LVQ, LeanVec) refuse to run on processors of other makers, so only float32 is measured.
Its degree bound is 2·m, what HNSW has in its lowest layer; efConstruction is its window.
"""

import svs

from peers.base import Peer, Searcher

_DISTANCES = {"cosine": svs.DistanceType.MIP, "l2": svs.DistanceType.L2, "ip": svs.DistanceType.MIP}


class SvsPeer(Peer):
    engine = "svs-f32"
    normalises_cosine = True

    def version(self):
        return svs.library_version()

    def parameters(self):
        return {**super().parameters(), "graph_max_degree": 2 * self.options.m, "alpha": self._alpha}

    @property
    def _alpha(self):
        """The values its manual gives: above 1 for a distance, below 1 for a similarity."""
        return 1.2 if self.options.metric == "l2" else 0.95

    def build(self, vectors, threads):
        parameters = svs.VamanaBuildParameters(
            graph_max_degree=2 * self.options.m, window_size=self.options.ef_construction, alpha=self._alpha
        )
        index = svs.Vamana.build(parameters, vectors, _DISTANCES[self.options.metric], num_threads=threads)
        index.num_threads = self.options.threads
        return index

    def save(self, index, folder):
        index.save(*(str(folder / part) for part in ("config", "graph", "data")))

    def open(self, folder, dimension):
        return svs.Vamana(
            str(folder / "config"),
            svs.GraphLoader(str(folder / "graph")),
            svs.VectorDataLoader(str(folder / "data"), svs.DataType.float32, dims=dimension),
            distance=_DISTANCES[self.options.metric],
            num_threads=self.options.threads,
        )

    def searcher(self, index, ef, mask):
        index.search_window_size = max(ef, self.options.k)
        k = self.options.k
        return Searcher(
            one=lambda query: index.search(query, k)[0],
            batch=lambda queries: index.search(queries, k)[0],
            details={},
        )
