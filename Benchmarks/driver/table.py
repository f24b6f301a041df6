# SPDX-License-Identifier: Apache-2.0
"""The tables for the README, in Markdown."""

from driver.comparison import best_rival_qps, filtered_rate, filtered_rival
from driver.engines import engine_with_id
from driver.names import filter_name, rate, ratio, seconds
from driver.results import FILTERED_TARGET, RECALL_TARGETS, disturbance


def make_tables(results):
    """The Markdown text: for each data set the engines, and what filters do."""
    parts = []
    for dataset in results["datasets"]:
        records = [record for record in results["records"] if record["dataset"] == dataset["name"]]
        graphs = [record for record in records if not engine_with_id(record["id"]).exact]
        exact = [record for record in records if engine_with_id(record["id"]).exact]
        parts.append(f"**{dataset['name']}**: {dataset['n']:,} × {dataset['dim']}, {dataset['metric']}, recall@{dataset['k']}\n")
        if graphs:
            parts.append(_engine_table(graphs, results["options"]["parallel_build_threads"]))
        if exact:
            parts.append(_exact_table(exact))
        if any(record["filtered"] for record in graphs):
            parts.append(_filter_table(graphs, dataset["category_names"]))
    return "\n".join([*parts, disturbance(results)]).rstrip() + "\n"


def _engine_table(records, parallel):
    targets = [f"{target:g}" for target in RECALL_TARGETS]
    heads = ["engine", *(f"queries/s at recall {target}" for target in targets)]
    heads += [f"× best {kind} peer" for kind in ("f32", "8-bit")]
    heads += ["highest recall", "build, s", *([f"build, {parallel} threads, s"] if parallel > 1 else []), "resident bytes a vector"]
    rows = []
    for record in records:
        row = [record["label"], *(_rate_with_spread(record["qps_at_recall"][target]) for target in targets)]
        row += [_ratios(record, records, targets, eight_bit) for eight_bit in (False, True)]
        row += [f"{max(point['recall'] for point in record['points'] if 'filter' not in point):.4f}"] if record["points"] else ["–"]
        row.append(seconds(record["build_seconds"]))
        if parallel > 1:
            row.append(seconds(record["builds"].get(str(parallel), {}).get("median")))
        row.append(f"{record['resident_bytes'] / record['n']:,.0f}" if record["resident_bytes"] else "–")
        rows.append(row)
    return _markdown(heads, rows)


def _rate_with_spread(value):
    return f"{rate(value['median'])} ({rate(value['min'])}–{rate(value['max'])})" if value else "–"


def _ratios(record, records, targets, eight_bit):
    """The ratios at each target, as "2.1 × / 2.3 ×"."""
    own = [(record["qps_at_recall"][target] or {}).get("median") for target in targets]
    return " / ".join(ratio(value, best_rival_qps(records, target, eight_bit)) for value, target in zip(own, targets))


def _exact_table(records):
    rows = []
    for record in records:
        point = record["points"][0] if record["points"] else {}
        rows.append([record["label"], rate(point.get("qps_single")), rate(point.get("qps_batch")), f"{point.get('p50_us', 0) / 1000:.2f}"])
    return _markdown(["exact search", "queries/s one at a time", "queries/s in one batch", "median, ms"], rows)


def _filter_table(records, category_names):
    heads = [
        "filter",
        "engine",
        f"recall at the efSearch for {FILTERED_TARGET} unfiltered",
        f"queries/s at recall {FILTERED_TARGET}",
        "× faiss HNSW Flat",
    ]
    rows = []
    keys = dict.fromkeys((one["filter"], one["selectivity"]) for record in records for one in record["filtered"])
    for key in keys:
        rival = filtered_rival(records, key)
        for record in records:
            summary = next((one for one in record["filtered"] if (one["filter"], one["selectivity"]) == key), None)
            if summary:
                rows.append(_filter_row(key, record, summary, rival, category_names))
    return _markdown(heads, rows)


def _filter_row(key, record, summary, rival, category_names):
    at_ef = "–" if summary["recall_at_ef"] is None else f"{summary['recall_at_ef']:.3f}"
    reached = summary["qps_at_target"]
    shown = rate(reached) if reached else f"not reached; {summary['best_recall']:.3f} at {rate(summary['qps_at_best_recall'])}"
    return [filter_name(*key, category_names), record["label"], at_ef, shown, ratio(filtered_rate(summary), rival and filtered_rate(rival))]


def _markdown(heads, rows):
    lines = ["| " + " | ".join(cells) + " |" for cells in ([heads] + rows)]
    lines.insert(1, "|---" * len(heads) + "|")
    return "\n".join(lines) + "\n"
