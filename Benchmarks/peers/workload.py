# SPDX-License-Identifier: Apache-2.0
"""The data of one run: vectors, queries, and for each filter the exact answers that recall is judged by."""

import sys
from typing import NamedTuple, Optional

import numpy as np

from annbench.distances import exact_distances, unit_rows
from annbench.filters import RowFilter, label_filter, random_filter, read_labels
from annbench.formats import FormatError, read_neighbours, read_vectors
from annbench.groundtruth import exact_neighbours
from annbench.recall import RecallMeter


class Task(NamedTuple):
    """What is searched: all rows, or those of one filter."""

    filter: Optional[RowFilter]
    meter: RecallMeter

    @property
    def mask(self):
        return self.filter.mask if self.filter else None


class Workload:
    """Vectors and queries as the engine gets them, and the tasks."""

    def __init__(self, options, normalises_cosine):
        self.options = options
        self.normalise = normalises_cosine and options.metric == "cosine"
        self.base = read_vectors(options.base)
        queries = np.ascontiguousarray(read_vectors(options.query))
        if queries.shape[1] != self.base.shape[1]:
            raise FormatError(f"{options.query}: dimension {queries.shape[1]}, but the base has {self.base.shape[1]}")
        self.raw_queries = queries
        self.queries = unit_rows(queries) if self.normalise else queries

    @property
    def count(self):
        return self.base.shape[0]

    @property
    def dimension(self):
        return self.base.shape[1]

    def vectors(self):
        """The base as the engine gets it: a fresh copy in memory, to be dropped after the build."""
        return unit_rows(self.base) if self.normalise else np.array(self.base, dtype=np.float32, order="C")

    def tasks(self):
        """The unfiltered search first, then a task for each filter that allows any row."""
        tasks = [Task(None, self._meter(None, self._true_distances()))]
        for row_filter in self._filters():
            if row_filter.allowed == 0:
                print(f"left out: the filter {row_filter.name} ({row_filter.selectivity:g}) allows no row", file=sys.stderr)
                continue
            _, distances = exact_neighbours(self.base, self.raw_queries, self.options.metric, self.options.k, row_filter.mask)
            tasks.append(Task(row_filter, self._meter(row_filter.mask, distances)))
        return tasks

    def _filters(self):
        for selectivity in self.options.filter_selectivity:
            yield random_filter(selectivity, self.count, self.options.filter_seed)
        if self.options.filter_values:
            labels = read_labels(self.options.filter_labels, self.count)
            for values in self.options.filter_values:
                yield label_filter(labels, values)

    def _meter(self, mask, distances):
        return RecallMeter(self.base, self.raw_queries, self.options.metric, self.options.k, distances, mask)

    def _true_distances(self):
        options = self.options
        if not options.groundtruth:
            return exact_neighbours(self.base, self.raw_queries, options.metric, options.k)[1]
        ids = read_neighbours(options.groundtruth)
        if len(ids) != len(self.queries):
            raise FormatError(f"{options.groundtruth}: {len(ids)} rows for {len(self.queries)} queries")
        if ids.shape[1] < min(options.k, self.count):
            raise FormatError(f"{options.groundtruth}: {ids.shape[1]} neighbours a query, but --k is {options.k}")
        if ids.max() >= self.count:
            raise FormatError(f"{options.groundtruth}: names row {ids.max()} of a base of {self.count}")
        return np.sort(exact_distances(self.raw_queries, self.base, ids[:, : options.k], options.metric), axis=1)
