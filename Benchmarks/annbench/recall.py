# SPDX-License-Identifier: Apache-2.0
"""Recall@k that forgives ties, as ann-benchmarks defines it."""

import numpy as np

from annbench.distances import exact_distances

TIE_TOLERANCE = 1e-6
"""How far beyond the k-th true distance a row may lie and still count.

ann-benchmarks allows 1e-3. On unit vectors that forgives real misses of quantised engines, not only ties and rounding.
"""


class RecallMeter:
    """Judges answers to one set of queries under one filter."""

    def __init__(self, base, queries, metric, k, true_distances, mask=None):
        """`true_distances`: for each query its k nearest allowed rows' distances, ascending, NaN where there are none."""
        self.base, self.queries, self.metric, self.k, self.mask = base, queries, metric, k, mask
        nearest = true_distances[:, :k]
        self.existing = np.count_nonzero(~np.isnan(nearest), axis=1)
        farthest = np.nanmax(np.where(np.isnan(nearest), -np.inf, nearest), axis=1)
        self.limit = farthest + TIE_TOLERANCE

    def recall(self, answers):
        """The mean, over the queries, of the share of true neighbours found.

        `answers` is (queries, up to k) ids, padded with -1. An id counts once, and only where the filter allows it.
        A query for which no row exists has nothing to find and counts as 1.
        """
        ids = np.array(answers, dtype=np.int64)[:, : self.k]
        ids[_repeated(ids)] = -1
        if self.mask is not None:
            ids[(ids >= 0) & ~self.mask[np.maximum(ids, 0)]] = -1
        distances = exact_distances(self.queries, self.base, ids, self.metric)
        found = np.count_nonzero(distances <= self.limit[:, None], axis=1)
        found = np.minimum(found, self.existing)
        return float(np.mean(np.where(self.existing > 0, found / np.maximum(self.existing, 1), 1.0)))

    def violations(self, answers):
        """How many returned rows the filter forbids. Anything but 0 is a defect of the engine."""
        if self.mask is None:
            return 0
        ids = np.asarray(answers)
        return int(np.count_nonzero((ids >= 0) & ~self.mask[np.maximum(ids, 0)]))


def _repeated(ids):
    """True where an id has already stood further left in its row."""
    order = np.argsort(ids, axis=1, kind="stable")
    ordered = np.take_along_axis(ids, order, 1)
    repeats = np.zeros(ids.shape, dtype=bool)
    repeats[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
    result = np.empty_like(repeats)
    np.put_along_axis(result, order, repeats, 1)
    return result
