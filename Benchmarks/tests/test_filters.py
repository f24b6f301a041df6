# SPDX-License-Identifier: Apache-2.0
import unittest

import numpy as np

from annbench.filters import FilterError, label_filter, random_filter, splitmix64


class FilterTests(unittest.TestCase):
    def test_splitmix64_is_the_published_generator(self):
        """The first outputs for the seed 1234567, as in the generator's public test vectors."""
        expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821]
        self.assertEqual(splitmix64(1234567, range(5)).tolist(), expected)

    def test_random_filters_allow_their_share_and_nest(self):
        wide, narrow = random_filter(0.5, 100_000), random_filter(0.01, 100_000)
        self.assertAlmostEqual(wide.allowed, 50_000, delta=700)
        self.assertAlmostEqual(narrow.allowed, 1_000, delta=150)
        self.assertFalse(np.any(narrow.mask & ~wide.mask))
        self.assertEqual(random_filter(1, 10).allowed, 10)
        with self.assertRaisesRegex(FilterError, "not 0"):
            random_filter(0, 10)

    def test_labels_join(self):
        joined = label_filter(np.array([3, 1, 17, 3]), [3, 17])
        self.assertEqual((joined.name, joined.selectivity, joined.mask.tolist()), ("category=3+17", 0.75, [True, False, True, True]))
