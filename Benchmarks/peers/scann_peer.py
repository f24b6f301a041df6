# SPDX-License-Identifier: Apache-2.0
"""ScaNN, for the report only: a partition tree over anisotropic codes, re-ranked in full precision.

It has no efSearch. For `ef` it looks into ef/4 of its √n partitions and re-ranks max(ef, 4·k) candidates, which spans about
the same recalls. Each point says both numbers.
"""

import math
from importlib.metadata import version

import scann

from peers.base import Peer, Searcher

_MEASURES = {"cosine": "dot_product", "l2": "squared_l2", "ip": "dot_product"}


class ScannPeer(Peer):
    engine = "scann"
    normalises_cosine = True

    def version(self):
        return version("scann")

    def parameters(self):
        return {"num_leaves": "round(sqrt(n))", "dimensions_per_block": 2, "anisotropic_quantization_threshold": 0.2}

    def build(self, vectors, threads):
        leaves = round(math.sqrt(len(vectors)))
        return (
            scann.scann_ops_pybind.builder(vectors, self.options.k, _MEASURES[self.options.metric])
            .tree(num_leaves=leaves, num_leaves_to_search=leaves, training_sample_size=min(len(vectors), 100_000))
            .score_ah(2, anisotropic_quantization_threshold=0.2)
            .reorder(self._reordered(max(self.options.ef)))
            .set_n_training_threads(threads)
            .build()
        )

    def save(self, index, folder):
        index.serialize(str(folder))

    def open(self, folder, dimension):
        return scann.scann_ops_pybind.load_searcher(str(folder))

    def searcher(self, index, ef, mask):
        k, leaves, reordered = self.options.k, max(1, ef // 4), self._reordered(ef)
        batch = index.search_batched if self.options.threads == 1 else index.search_batched_parallel
        return Searcher(
            one=lambda query: index.search(query[0], k, reordered, leaves)[0],
            batch=lambda queries: batch(queries, k, reordered, leaves)[0],
            details={"leaves_to_search": leaves, "reordered": reordered},
        )

    def _reordered(self, ef):
        return max(ef, 4 * self.options.k)
