# SPDX-License-Identifier: Apache-2.0
"""Documents of about 300 characters with four metadata fields, of the same make as those of `vectorstore-bench store`."""

import numpy as np

VALUES = 10


class Documents:
    """Texts, ids and metadata by row; the same on every run."""

    def __init__(self, rows):
        random = np.random.default_rng(7)
        syllables = [consonant + vowel for consonant in "bcdfghklmnprstvz" for vowel in "aeiou"]
        words = np.array(["".join(random.choice(syllables, random.integers(2, 5))) for _ in range(20_000)])
        weights = 1 / np.arange(1, len(words) + 1)
        drawn = random.choice(words, (rows, 44), p=weights / weights.sum())
        self.texts = [" ".join(row)[:300] for row in drawn]
        self.ids = [f"document-{row}" for row in range(rows)]
        self.years = [2015 + row % VALUES for row in range(rows)]
        self.shelves = [f"shelf {row // 7 % VALUES}" for row in range(rows)]
        self.prices = [float(price) / 100 for price in random.integers(100, 10_000, rows)]
        self.sources = [f"folder/file-{row // 20}.md" for row in range(rows)]
