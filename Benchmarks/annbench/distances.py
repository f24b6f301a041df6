# SPDX-License-Identifier: Apache-2.0
"""Distances in the conventions of pgvector's operators: smaller is nearer, the inner product is negated."""

import numpy as np

METRICS = ("cosine", "l2", "ip")


def unit_rows(rows):
    """The rows scaled to length 1, as contiguous float32; a zero row stays zero."""
    rows = np.ascontiguousarray(rows, dtype=np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norms > 0, norms, 1)


def exact_distances(query_rows, base, ids, metric):
    """Distances in float64 of each query to its own list of base rows.

    `ids` is (queries, columns); a negative id has the distance NaN. Zero rows have no cosine distance: NaN too.
    """
    distances = np.full(ids.shape, np.nan)
    for first in range(0, len(ids), 64):
        block = slice(first, first + 64)
        queries = np.asarray(query_rows[block], dtype=np.float64)
        rows = np.asarray(base[np.maximum(ids[block], 0)], dtype=np.float64)
        distances[block] = _pairwise(queries, rows, metric)
    distances[ids < 0] = np.nan
    return distances


def _pairwise(queries, rows, metric):
    if metric == "l2":
        return np.sqrt(((rows - queries[:, None, :]) ** 2).sum(axis=2))
    products = np.einsum("qd,qcd->qc", queries, rows)
    if metric == "ip":
        return -products
    lengths = np.linalg.norm(queries, axis=1)[:, None] * np.linalg.norm(rows, axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(lengths > 0, 1 - products / lengths, np.nan)
