# SPDX-License-Identifier: Apache-2.0
"""Medians with their spread, and the rate of queries at a given recall."""

import math
from statistics import median


def spread(values):
    """{"median", "min", "max"} of some numbers."""
    return {"median": median(values), "min": min(values), "max": max(values)}


def pareto_front(points):
    """The points that no other beats in both recall and qps, by rising recall."""
    front = []
    for point in sorted(points, key=lambda point: (-point["qps"], -point["recall"])):
        if not front or point["recall"] > front[-1]["recall"]:
            front.append(point)
    return front


def qps_at_recall(points, target):
    """The queries a second at this recall, interpolated log-linearly between the neighbours on the front.

    None where no point reaches it. Where the first point of the front is already above it, that point's rate: the engine
    would be faster at the target, had the grid a smaller efSearch.
    """
    front = pareto_front(points)
    for lower, upper in zip([None, *front], front):
        if upper["recall"] < target:
            continue
        if lower is None:
            return upper["qps"]
        share = (target - lower["recall"]) / (upper["recall"] - lower["recall"])
        return math.exp(math.log(lower["qps"]) * (1 - share) + math.log(upper["qps"]) * share)
    return None
