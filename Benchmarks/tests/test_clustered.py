# SPDX-License-Identifier: Apache-2.0
import unittest

import numpy as np

from annbench.clustered import ClusteredSpec, make_clustered


class ClusteredTests(unittest.TestCase):
    def test_one_spec_gives_one_set(self):
        spec = ClusteredSpec(rows=600, queries=20, dimension=64, clusters=60)
        first, second = make_clustered(spec), make_clustered(spec)
        self.assertEqual(first.base.shape, (600, 64))
        self.assertEqual((first.queries.shape, first.categories.shape), ((20, 64), (600,)))
        np.testing.assert_array_equal(first.base, second.base)
        np.testing.assert_array_equal(first.categories, second.categories)
        np.testing.assert_allclose(np.linalg.norm(first.base, axis=1), 1, atol=1e-6)

    def test_an_impossible_spec_is_refused(self):
        with self.assertRaisesRegex(ValueError, "dimension: 10 is below"):
            ClusteredSpec(dimension=10)
