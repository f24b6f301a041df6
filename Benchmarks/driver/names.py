# SPDX-License-Identifier: Apache-2.0
"""Numbers and filters as a reader wants to see them."""


def rate(value):
    """Queries a second to three digits or so: 12,300."""
    if value is None:
        return "–"
    step = 10 ** max(0, len(str(int(value))) - 3)
    return f"{round(value / step) * step:,}"


def ratio(value, reference):
    return "–" if not value or not reference else f"{value / reference:.2f} ×"


def seconds(value):
    if value is None:
        return "–"
    return f"{value:.1f}" if value >= 1 else f"{value:.3f}"


def filter_name(name, selectivity, category_names):
    """ "random 1 %", or "category noun.food 8.6 %", or "7 categories 52 %"."""
    share = f"{selectivity * 100:.2g} %" if selectivity < 0.995 else "100 %"
    if not name.startswith("category="):
        return f"{name} {share}"
    values = [int(value) for value in name.removeprefix("category=").split("+")]
    if len(values) > 1:
        return f"{len(values)} categories {share}"
    return f"{category_names[values[0]] if values[0] < len(category_names) else name} {share}"
