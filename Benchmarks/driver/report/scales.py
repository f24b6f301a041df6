# SPDX-License-Identifier: Apache-2.0
"""The two axes of a recall chart."""

import math

_RECALL_TICKS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
_LABELLED_FIRST = (1.0, 0.9, 0.99, 0.999, 0.95, 0.5, 0.0, 0.995, 0.98, 0.8, 0.7, 0.6)
_LABEL_WIDTH = 34
_CEILING = 0.9998
"""Where a recall of 1 is drawn, which would be infinitely far to the right."""


class RecallScale:
    """Recall left to right, by −log10(1 − recall), which gives every further nine the same width."""

    def __init__(self, recalls, left, right):
        self.left, self.right = left, right
        self.start = max(tick for tick in _RECALL_TICKS[:6] if tick <= min(recalls) or tick == 0)
        self.end = min(tick for tick in _RECALL_TICKS[7:] if tick >= max(recalls))

    def x(self, recall):
        first, last = _nines(self.start), _nines(self.end)
        return self.left + (self.right - self.left) * (_nines(recall) - first) / (last - first)

    def ticks(self):
        """(recall, label) pairs, the label empty where there's no room for it."""
        shown = [tick for tick in _RECALL_TICKS if self.start <= tick <= self.end]
        labelled = []
        for tick in _LABELLED_FIRST:
            if tick in shown and all(abs(self.x(tick) - self.x(other)) >= _LABEL_WIDTH for other in labelled):
                labelled.append(tick)
        return [(tick, f"{tick:g}" if tick in labelled else "") for tick in shown]


class RateScale:
    """Queries a second bottom to top, by their logarithm."""

    def __init__(self, rates, bottom, top):
        self.bottom, self.top = bottom, top
        self.low, self.high = math.log10(min(rates) * 0.9), math.log10(max(rates) * 1.12)
        if self.high - self.low < 0.8:
            middle = (self.high + self.low) / 2
            self.low, self.high = middle - 0.4, middle + 0.4

    def y(self, rate):
        share = (math.log10(rate) - self.low) / (self.high - self.low)
        return self.bottom - (self.bottom - self.top) * share

    def ticks(self):
        """(rate, label) pairs at 1, 2 and 5 of each power of ten."""
        steps = (1, 2, 5) if self.high - self.low < 3 else (1,)
        rates = [step * 10**power for power in range(math.floor(self.low), math.ceil(self.high) + 1) for step in steps]
        return [(rate, _short(rate)) for rate in rates if self.low <= math.log10(rate) <= self.high]


def _nines(recall):
    return -math.log10(1 - min(recall, _CEILING))


def _short(rate):
    return f"{rate // 1000:g}k" if rate >= 1000 else f"{rate:g}"
