# SPDX-License-Identifier: Apache-2.0
"""The tables of the report."""

from html import escape

from driver.comparison import best_rival_qps
from driver.engines import engine_with_id
from driver.names import rate, ratio
from driver.results import RECALL_TARGETS


def speed_table(records):
    """Queries a second at each recall, beside the best float32 peer."""
    targets = [f"{target:g}" for target in RECALL_TARGETS]
    heads = [
        "engine",
        *(text for target in targets for text in (f"queries/s at {target}", "range", "× best f32 peer", "× best 8-bit peer")),
    ]
    rows = []
    for record in records:
        cells = [record["label"]]
        for target in targets:
            own = record["qps_at_recall"][target]
            median = own["median"] if own else None
            cells += [rate(median), f"{rate(own['min'])} – {rate(own['max'])}" if own else "–"]
            cells += [ratio(median, best_rival_qps(records, target, eight_bit)) for eight_bit in (False, True)]
        rows.append((record["id"], cells))
    return _table(heads, rows)


def exact_table(records):
    """Exact search: one at a time and in one batch."""
    rows = []
    for record in records:
        if record["points"]:
            point = record["points"][0]
            rows.append(
                (record["id"], [record["label"], rate(point["qps_single"]), rate(point["qps_batch"]), f"{point['p50_us'] / 1000:.2f}"])
            )
    return "<h3>Exact search</h3>" + _table(["engine", "queries/s one at a time", "queries/s in one batch", "median, ms"], rows)


def version_table(records):
    """Which version of each engine, and what it was built with."""
    rows = {}
    for record in records:
        parameters = ", ".join(f"{name} {value}" for name, value in record["params"].items())
        rows.setdefault(record["id"], [record["label"], str(record["version"]), record["storage"], parameters])
    return _table(["engine", "version", "storage", "parameters"], list(rows.items()), numeric=False)


def _table(heads, rows, numeric=True):
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        f'<tr class="series f-{engine_with_id(identifier).family}" data-engine="{identifier}">'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for identifier, cells in rows
    )
    return (
        f'<div class="scroll"><table{" class=numeric" if numeric else ""}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
