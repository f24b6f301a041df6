# SPDX-License-Identifier: Apache-2.0
"""The filters of filtered search. Every engine, in any language, computes the same rows from the same options.

Random: row r (from 0) is allowed where `splitmix64(seed, r) < p · 2^64`, the r-th output of the generator SplitMix64
(Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014) seeded with `seed`.
By label: row r is allowed where line r of the labels file is one of the values.
"""

from dataclasses import dataclass

import numpy as np

DEFAULT_SEED = 42


class FilterError(ValueError):
    """A filter that cannot be made from what was given."""


@dataclass(frozen=True)
class RowFilter:
    """One filter: its name in the results, the share of rows it allows as stated there, and the rows."""

    name: str
    selectivity: float
    mask: np.ndarray

    @property
    def allowed(self):
        """How many rows it allows."""
        return int(np.count_nonzero(self.mask))


def splitmix64(seed, rows):
    """The outputs number `rows` (from 0) of SplitMix64 seeded with `seed`, as uint64."""
    with np.errstate(over="ignore"):
        state = np.uint64(seed) + (np.asarray(rows, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return state ^ (state >> np.uint64(31))


def random_filter(selectivity, count, seed=DEFAULT_SEED):
    """The filter "random", allowing about `selectivity` · `count` of `count` rows."""
    if not 0 < selectivity <= 1:
        raise FilterError(f"a selectivity is above 0 and at most 1, not {selectivity}")
    if selectivity == 1:
        mask = np.ones(count, dtype=bool)
    else:
        mask = splitmix64(seed, np.arange(count)) < np.uint64(int(selectivity * 2.0**64))
    return RowFilter("random", selectivity, mask)


def read_labels(path, count):
    """A labels file: one int32 a line for each of `count` base rows."""
    try:
        labels = np.loadtxt(path, dtype=np.int32, ndmin=1)
    except (OSError, ValueError) as error:
        raise FilterError(f"{path}: {error}") from error
    if labels.shape != (count,):
        raise FilterError(f"{path}: needs one label for each of {count} base rows, has {labels.size}")
    return labels


def label_filter(labels, values):
    """The filter "category=3" or, for several values at once, "category=3+17"."""
    mask = np.isin(labels, values)
    return RowFilter("category=" + "+".join(str(value) for value in values), float(mask.mean()), mask)
