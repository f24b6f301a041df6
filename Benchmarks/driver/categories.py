# SPDX-License-Identifier: Apache-2.0
"""Chooses from a labels file the categories to filter by."""

import math
from collections import Counter

HALF = 0.5


def choose_categories(labels_path, selectivities):
    """For each selectivity the labels to filter by, as `--filter-values` takes them: "3", or "3+17" for a half of the rows.

    A half is the largest categories together; any other share is the one category whose size is nearest in proportion.
    """
    counts = Counter(int(line) for line in labels_path.read_text().split())
    total = sum(counts.values())
    chosen = []
    for selectivity in selectivities:
        if selectivity >= HALF:
            values = _largest_together(counts, selectivity * total)
        else:
            values = [min(counts, key=lambda label: (abs(math.log(counts[label] / total / selectivity)), label))]
        text = "+".join(str(value) for value in values)
        if text not in chosen:
            chosen.append(text)
    return chosen


def _largest_together(counts, wanted):
    values, covered = [], 0
    for label, count in counts.most_common():
        if covered >= wanted:
            break
        values.append(label)
        covered += count
    return sorted(values)
