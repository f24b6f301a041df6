# SPDX-License-Identifier: Apache-2.0
"""Exact nearest neighbours: candidates by BLAS in float32, their distances and order in float64."""

import numpy as np

from annbench.distances import exact_distances, unit_rows

_BLOCK_ROWS = 16_384
_SPARE_CANDIDATES = 32


def exact_neighbours(base, queries, metric, k, mask=None):
    """The `k` nearest base rows of every query, as (ids, distances), nearest first, ties by id.

    With a `mask` (one bool a base row) only allowed rows count. Where fewer than `k` rows have a distance, the rest is
    id -1 with distance NaN. More candidates than `k` are kept from the float32 pass, so that its rounding decides nothing.
    """
    allowed = np.arange(len(base)) if mask is None else np.flatnonzero(mask)
    kept = k + _SPARE_CANDIDATES
    prepared = unit_rows(queries) if metric == "cosine" else np.ascontiguousarray(queries, dtype=np.float32)
    scores = np.empty((len(queries), 0), dtype=np.float32)
    ids = np.empty((len(queries), 0), dtype=np.int64)
    for first in range(0, len(allowed), _BLOCK_ROWS):
        block_ids = allowed[first : first + _BLOCK_ROWS]
        block_scores = _scores(prepared, base[block_ids], metric)
        scores = np.concatenate([scores, block_scores], axis=1)
        ids = np.concatenate([ids, np.broadcast_to(block_ids, block_scores.shape)], axis=1)
        if scores.shape[1] > kept:
            best = np.argpartition(-scores, kept - 1, axis=1)[:, :kept]
            scores, ids = np.take_along_axis(scores, best, 1), np.take_along_axis(ids, best, 1)
    return _order(queries, base, ids, metric, k)


def _scores(queries, rows, metric):
    """Larger is nearer, float32."""
    if metric == "cosine":
        rows = unit_rows(rows)
    rows = np.ascontiguousarray(rows, dtype=np.float32)
    products = queries @ rows.T
    return products - 0.5 * np.einsum("rd,rd->r", rows, rows) if metric == "l2" else products


def _order(queries, base, ids, metric, k):
    if ids.shape[1] < k:
        ids = np.pad(ids, ((0, 0), (0, k - ids.shape[1])), constant_values=-1)
    distances = exact_distances(queries, base, ids, metric)
    order = np.lexsort((ids, distances), axis=1)[:, :k]
    ids, distances = np.take_along_axis(ids, order, 1), np.take_along_axis(distances, order, 1)
    return np.where(np.isnan(distances), -1, ids), distances
