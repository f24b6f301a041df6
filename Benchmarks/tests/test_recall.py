# SPDX-License-Identifier: Apache-2.0
import unittest

import numpy as np

from annbench.groundtruth import exact_neighbours
from annbench.recall import RecallMeter


class RecallTests(unittest.TestCase):
    def setUp(self):
        # Distances from the query: 0, 1, 1, 2, 3; rows 1 and 2 tie.
        self.base = np.array([[0, 0], [1, 0], [0, 1], [2, 0], [3, 0]], dtype=np.float32)
        self.query = np.zeros((1, 2), dtype=np.float32)

    def meter(self, k, mask=None):
        _, distances = exact_neighbours(self.base, self.query, "l2", k, mask)
        return RecallMeter(self.base, self.query, "l2", k, distances, mask)

    def test_a_tie_counts_whichever_row_it_is(self):
        self.assertEqual(self.meter(2).recall([[0, 1]]), 1)
        self.assertEqual(self.meter(2).recall([[0, 2]]), 1)
        self.assertEqual(self.meter(2).recall([[0, 3]]), 0.5)

    def test_a_repeated_or_missing_id_does_not_count(self):
        self.assertEqual(self.meter(2).recall([[0, 0]]), 0.5)
        self.assertEqual(self.meter(2).recall([[0, -1]]), 0.5)

    def test_under_a_filter_only_what_exists_is_asked_for(self):
        meter = self.meter(3, mask=np.array([False, True, False, False, True]))
        self.assertEqual(meter.recall([[1, 4, -1]]), 1)
        self.assertEqual(meter.recall([[0, 1, 2]]), 0.5)
        self.assertEqual(meter.violations([[0, 1, 2]]), 2)


class GroundTruthTests(unittest.TestCase):
    def test_it_agrees_with_sorting_everything(self):
        random = np.random.default_rng(3)
        base, queries = random.standard_normal((500, 20)).astype(np.float32), random.standard_normal((7, 20)).astype(np.float32)
        base[11] = 0  # no cosine distance
        mask = random.random(500) < 0.3
        for metric in ("cosine", "l2", "ip"):
            for rows in (None, mask):
                ids, distances = exact_neighbours(base, queries, metric, 5, rows)
                every = _all_distances(base.astype(np.float64), queries.astype(np.float64), metric)
                every[:, ~mask if rows is not None else np.zeros(500, dtype=bool)] = np.inf
                every[np.isnan(every)] = np.inf
                np.testing.assert_array_equal(ids, np.argsort(every, axis=1, kind="stable")[:, :5])
                np.testing.assert_allclose(distances, np.sort(every, axis=1)[:, :5], atol=1e-12)

    def test_fewer_rows_than_asked_for(self):
        ids, distances = exact_neighbours(np.eye(3, dtype=np.float32), np.eye(3, dtype=np.float32)[:1], "l2", 5)
        self.assertEqual(ids.tolist(), [[0, 1, 2, -1, -1]])
        self.assertTrue(np.isnan(distances[0, 3:]).all())


def _all_distances(base, queries, metric):
    if metric == "l2":
        return np.linalg.norm(queries[:, None] - base[None], axis=2)
    products = queries @ base.T
    if metric == "ip":
        return -products
    with np.errstate(invalid="ignore"):
        return 1 - products / (np.linalg.norm(queries, axis=1)[:, None] * np.linalg.norm(base, axis=1))
